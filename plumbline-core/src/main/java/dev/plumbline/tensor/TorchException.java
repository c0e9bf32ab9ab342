package dev.plumbline.tensor;

/** A native operation failed. The message names the operation and the shapes and types it was given. */
public final class TorchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TorchException(String operation, RuntimeException cause, Tensor... operands) {
        super(describe(operation, cause, operands), cause);
    }

    private static String describe(String operation, RuntimeException cause, Tensor... operands) {
        StringBuilder message = new StringBuilder(operation).append('(');
        for (int i = 0; i < operands.length; i++) {
            message.append(i == 0 ? "" : ", ").append(operands[i]);
        }
        String reason = String.valueOf(cause.getMessage());
        int end = reason.indexOf('\n');
        return message.append("): ")
                .append(end < 0 ? reason : reason.substring(0, end))
                .toString();
    }
}
