package io.tunesmith.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks JSON against the part of JSON Schema 2020-12 that our schemas use; an unknown keyword is an error, so that none is overlooked. */
final class SchemaCheck {
    private final JsonNode root;
    private final List<String> violations = new ArrayList<>();

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    static List<String> violations(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.check(schema, value, "$");
        return check.violations;
    }

    private void check(JsonNode schema, JsonNode value, String at) {
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            JsonNode rule = entry.getValue();
            switch (entry.getKey()) {
                case "$schema", "title", "description", "$defs" -> {}
                case "$ref" -> check(root.at(rule.asText().substring(1)), value, at);
                case "type" -> require(rule.isArray() ? any(rule, value) : is(rule.asText(), value), at + " is no " + rule);
                case "const" -> require(rule.equals(value), at + " is not " + rule);
                case "enum" -> require(contains(rule, value), at + " is none of " + rule);
                case "oneOf" -> oneOf(rule, value, at);
                case "properties" -> rule.properties().forEach(property -> {
                    if (value.has(property.getKey())) {
                        check(property.getValue(), value.get(property.getKey()), at + "." + property.getKey());
                    }
                });
                case "required" -> rule.forEach(name -> require(value.has(name.asText()), at + " lacks " + name));
                case "additionalProperties" -> value.properties().forEach(property -> check(rule, property.getValue(), at + "." + property.getKey()));
                case "items" -> value.forEach(item -> check(rule, item, at + "[]"));
                case "minimum" -> require(value.asDouble() >= rule.asDouble(), at + " is below " + rule);
                case "maximum" -> require(value.asDouble() <= rule.asDouble(), at + " is above " + rule);
                case "exclusiveMinimum" -> require(value.asDouble() > rule.asDouble(), at + " is not above " + rule);
                case "minLength" -> require(value.asText().length() >= rule.asInt(), at + " is too short");
                case "pattern" -> require(value.asText().matches(rule.asText()), at + " does not match " + rule);
                default -> throw new IllegalArgumentException("keyword " + entry.getKey());
            }
        }
    }

    private void oneOf(JsonNode options, JsonNode value, String at) {
        int fitting = 0;
        for (JsonNode option : options) {
            SchemaCheck check = new SchemaCheck(root);
            check.check(option, value, at);
            fitting += check.violations.isEmpty() ? 1 : 0;
        }
        require(fitting == 1, at + " fits " + fitting + " of the alternatives");
    }

    private static boolean any(JsonNode types, JsonNode value) {
        boolean any = false;
        for (JsonNode type : types) {
            any |= is(type.asText(), value);
        }
        return any;
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private void require(boolean held, String otherwise) {
        if (!held) {
            violations.add(otherwise);
        }
    }
}
