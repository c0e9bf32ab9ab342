package dev.plumbline.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.model.UnsupportedModelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A configuration that remembers which keys were read, so that none is ignored by oversight. A null counts as absent. */
final class ConfigReader {

    private final String path;
    private final ObjectNode json;
    private final Set<String> used = new HashSet<>();
    private final List<ConfigReader> children = new ArrayList<>();

    ConfigReader(ObjectNode json) {
        this("", json);
    }

    private ConfigReader(String path, ObjectNode json) {
        this.path = path;
        this.json = json;
    }

    int integer(String key) {
        return optionalInteger(key).orElseThrow(() -> missing(key));
    }

    Optional<Integer> optionalInteger(String key) {
        return value(key).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw unexpected(key, value, "a whole number");
            }
            return value.asInt();
        });
    }

    int integer(String key, int otherwise) {
        return optionalInteger(key).orElse(otherwise);
    }

    Optional<List<Integer>> optionalIntegers(String key) {
        return elements(key, JsonNode::canConvertToInt, "a list of whole numbers")
                .map(list -> list.stream().map(JsonNode::asInt).toList());
    }

    double number(String key) {
        return optionalNumber(key).orElseThrow(() -> missing(key));
    }

    Optional<Double> optionalNumber(String key) {
        return value(key).map(value -> {
            if (!isFinite(value)) {
                throw unexpected(key, value, "a number");
            }
            return value.asDouble();
        });
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.asDouble());
    }

    boolean flag(String key, boolean otherwise) {
        return value(key)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw unexpected(key, value, "true or false");
                    }
                    return value.asBoolean();
                })
                .orElse(otherwise);
    }

    Optional<String> optionalText(String key) {
        return value(key).map(value -> {
            if (!value.isTextual()) {
                throw unexpected(key, value, "a string");
            }
            return value.asText();
        });
    }

    double number(String key, double otherwise) {
        return optionalNumber(key).orElse(otherwise);
    }

    Optional<List<Double>> optionalNumbers(String key) {
        return elements(key, ConfigReader::isFinite, "a list of numbers")
                .map(list -> list.stream().map(JsonNode::asDouble).toList());
    }

    Optional<List<String>> optionalTexts(String key) {
        return elements(key, JsonNode::isTextual, "a list of strings")
                .map(list -> list.stream().map(JsonNode::asText).toList());
    }

    private Optional<List<JsonNode>> elements(String key, Predicate<JsonNode> valid, String expected) {
        return value(key).map(value -> {
            List<JsonNode> elements = new ArrayList<>();
            value.forEach(elements::add);
            if (!value.isArray() || !elements.stream().allMatch(valid)) {
                throw unexpected(key, value, expected);
            }
            return elements;
        });
    }

    /** A nested object, all of whose keys must be read too. */
    Optional<ConfigReader> optionalObject(String key) {
        return value(key).map(value -> {
            if (!(value instanceof ObjectNode object)) {
                throw unexpected(key, value, "an object");
            }
            return child(key, object);
        });
    }

    /** As {@link #optionalObject}, of an object that must be there, with one key set from outside. */
    ConfigReader objectWith(String key, String override, boolean setting) {
        return value(key)
                .map(value -> {
                    if (!(value instanceof ObjectNode object)) {
                        throw unexpected(key, value, "an object");
                    }
                    return child(key, object.deepCopy().put(override, setting));
                })
                .orElseThrow(() -> missing(key));
    }

    private ConfigReader child(String key, ObjectNode object) {
        ConfigReader child = new ConfigReader(path + key + ".", object);
        children.add(child);
        return child;
    }

    /** Reads a key that must be absent or have the one value that is computed correctly. */
    void require(String key, Object expected) {
        value(key).ifPresent(value -> {
            if (!value.asText().equals(expected.toString())) {
                throw unexpected(key, value, expected.toString());
            }
        });
    }

    /** Reads a key that must be absent, for a reason. */
    void refuse(String key, String reason) {
        value(key).ifPresent(value -> {
            throw new UnsupportedModelException("config.json: " + path + key + " is present; " + reason);
        });
    }

    /** Names keys that do not bear on the forward pass. */
    void ignore(String... keys) {
        used.addAll(List.of(keys));
    }

    UnsupportedModelException unexpected(String key, Object found, String expected) {
        return new UnsupportedModelException(
                "config.json: " + path + key + " is " + found + "; supported is " + expected);
    }

    private UnsupportedModelException missing(String key) {
        return new UnsupportedModelException("config.json: " + path + key + " is missing");
    }

    void requireAllUsed() {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(used);
        if (!unknown.isEmpty()) {
            String key = unknown.iterator().next();
            throw new UnsupportedModelException("config.json: " + path + key + " is " + json.get(key)
                    + "; this key is not known, so the model might be computed wrongly");
        }
        children.forEach(ConfigReader::requireAllUsed);
    }

    private Optional<JsonNode> value(String key) {
        used.add(key);
        JsonNode value = json.path(key);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
