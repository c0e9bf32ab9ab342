package dev.plumbline.endpoint;

/**
 * A server of chat completions, shared by all threads that use it: its limits hold for all of them together. What fails for
 * a reason that may pass is tried again.
 */
public final class ChatEndpoint {

    private final EndpointSettings settings;
    private final JsonClient client;
    private Usage usage = Usage.NONE;

    public ChatEndpoint(EndpointSettings settings) {
        this.settings = settings;
        this.client = new JsonClient(settings);
    }

    /**
     * Asks for one completion, blocking until it is known.
     *
     * @throws EndpointException if none could be had
     * @throws InterruptedException if the thread was interrupted; the request is then abandoned
     */
    public ChatReply complete(ChatRequest request) throws InterruptedException {
        byte[] body = ChatJson.write(request, settings.tokenLimitField());
        ChatReply reply = client.post(settings.completions(), body, ChatJson::read);
        add(reply.usage());
        return reply;
    }

    /** What all completions so far cost. */
    public synchronized Usage usage() {
        return usage;
    }

    private synchronized void add(Usage more) {
        usage = usage.plus(more);
    }

    public EndpointSettings settings() {
        return settings;
    }
}
