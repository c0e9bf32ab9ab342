package dev.plumbline.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.plumbline.tensor.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** JSON as another notation of what a {@code .pt} file holds: an array of nothing but numbers is an fp32 vector. */
final class JsonValues {

    private JsonValues() {}

    static PtValue toPt(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, PtValue> entries = new LinkedHashMap<>();
                json.properties().forEach(entry -> entries.put(entry.getKey(), toPt(entry.getValue())));
                yield PtValue.Dict.of(entries);
            }
            case ARRAY -> array(json);
            case STRING -> new PtValue.Text(json.textValue());
            case NUMBER ->
                json.isIntegralNumber() && json.canConvertToLong()
                        ? new PtValue.Int(json.longValue())
                        : new PtValue.Real(json.doubleValue());
            case BOOLEAN -> new PtValue.Bool(json.booleanValue());
            default -> new PtValue.None();
        };
    }

    private static PtValue array(JsonNode json) {
        boolean numbers = !json.isEmpty()
                && StreamSupport.stream(json.spliterator(), false).allMatch(JsonNode::isNumber);
        if (!numbers) {
            List<PtValue> items = new ArrayList<>();
            json.forEach(item -> items.add(toPt(item)));
            return new PtValue.Sequence(items);
        }
        float[] values = new float[json.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = json.get(i).floatValue();
        }
        return PtTensor.of(TensorData.ofFloats(values, values.length));
    }

    static JsonNode of(PtValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof PtValue.Dict dict) {
            ObjectNode object = nodes.objectNode();
            dict.entries().forEach((key, entry) -> object.set(name(key), of(entry)));
            return object;
        }
        if (value instanceof PtValue.Sequence sequence) {
            ArrayNode array = nodes.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof PtTensor tensor) {
            ArrayNode array = nodes.arrayNode();
            for (float element : tensor.data().toFloats()) {
                array.add(element);
            }
            return array;
        }
        return scalar((PtValue.Scalar) value);
    }

    private static JsonNode scalar(PtValue.Scalar value) {
        if (value instanceof PtValue.Text text) {
            return TextNode.valueOf(text.value());
        }
        if (value instanceof PtValue.Int number) {
            return LongNode.valueOf(number.value());
        }
        if (value instanceof PtValue.Real number) {
            return DoubleNode.valueOf(number.value());
        }
        if (value instanceof PtValue.Bool truth) {
            return BooleanNode.valueOf(truth.value());
        }
        return NullNode.getInstance();
    }

    private static String name(PtValue.Key key) {
        return key instanceof PtValue.Text text ? text.value() : String.valueOf(((PtValue.Int) key).value());
    }
}
