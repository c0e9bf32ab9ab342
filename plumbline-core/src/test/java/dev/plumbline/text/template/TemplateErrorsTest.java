package dev.plumbline.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors say what and where, and no template runs away. */
class TemplateErrorsTest {
    private static final Map<String, Object> VARIABLES = Map.of("xs", List.of(1, 2, 3), "s", "text", "n", 7);

    private static TemplateException failure(String template) {
        return catchThrowableOfType(
                TemplateException.class, () -> Template.parse(template).render(VARIABLES));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '@', textBlock = """
            {{ missing.x }}@1@11@'missing' is undefined
            a/b/  {{ n() }}@3@7@A value of type int cannot be called
            {{ s + 1 }}@1@6@The operator + does not apply to str and int
            {% if n %}/{{ s | nosuch }}{% endif %}@2@8@There is no filter 'nosuch'
            {{ s | nosuch }}@1@8@There is no filter 'nosuch'
            {{ s is nosuch }}@1@9@There is no test 'nosuch'
            {% for x in n %}{% endfor %}@1@4@A value of type int cannot be iterated over
            /{% include 'x' %}@2@4@The tag 'include' is not supported in chat templates
            {% nosuch %}@1@4@Unknown tag 'nosuch'
            {% if n %}{% endfor %}@1@14@Unknown tag 'endfor'; expected the tag 'elif' or 'else' or 'endif'
            {% if n %}/x@2@2@Expected the tag 'elif' or 'else' or 'endif', found the end of the template
            {{ n@1@1@This tag is not closed
            /{# x@2@1@This comment is not closed
            {% raw %}x@1@1@This raw block is not closed
            {{ 'x }}@1@4@This string is not closed
            {{ (n] }}@1@6@Unexpected ']', expected ')'
            {{ n n }}@1@6@Expected '}}', found 'n'
            {{ n $ }}@1@6@Unexpected character '$'
            {{ '\\x4' }}@1@5@This escape needs 2 hexadecimal digits
            {% break %}@1@4@A break or continue stands outside of a loop
            {% set n.x = 1 %}@1@4@'n' is not a namespace; its attribute 'x' cannot be set
            {{ s | int | replace('a') }}@1@14@replace needs its argument 'new'
            {{ s.upper(1) }}@1@11@upper takes at most 0 arguments; found 1
            {{ s | indent(width='x', nosuch=1) }}@1@8@indent has no argument 'nosuch'
            {{ raise_exception('No.') }}@1@19@No.
            """)
    void positionAndMessage(String template, int line, int column, String message) {
        TemplateException failure = failure(template.replace('/', '\n').replace("\\\\", "\\"));
        assertThat(failure).hasMessageStartingWith(message + " (line " + line + ", column " + column);
        assertThat(failure.line()).isEqualTo(line);
        assertThat(failure.column()).isEqualTo(column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(t='xxxxxxxx') %}{% for i in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "{% for i in range(99999) %}{{ 'x' * 9999999 }}{% endfor %}",
                "{{ 'x' * 99999999999 }}",
                "{{ [1] * 99999999999 }}",
                "{{ 'a'.center(99999999999) }}",
                "{{ 'x'.replace('', 'y' * 9999).replace('y', 'z' * 99999) }}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{{ 2 ** 999999999999 }}",
                "{{ range(100001) | list }}",
                "{{ [1] | batch(99999999999, 0) | list }}",
                "{{ [1] | slice(99999999999) | list }}",
                "{{ [{'a': 1}] | tojson(indent=99999999) }}",
            })
    void runawayTemplatesAreStopped(String template) {
        Template parsed = Template.parse(template);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> parsed.render(VARIABLES)).isInstanceOf(TemplateException.class));
    }

    @Test
    void limitsAreTheCallersToSet() {
        Template template = Template.parse("{% for x in xs %}{{ s }}{% endfor %}");
        assertThat(template.withLimits(new TemplateLimits(1000, 12, 10))
                        .render(VARIABLES)
                        .string())
                .hasSize(12);
        assertThatThrownBy(() ->
                        template.withLimits(new TemplateLimits(1000, 11, 10)).render(VARIABLES))
                .hasMessageContaining("11 characters");
        assertThatThrownBy(() ->
                        template.withLimits(new TemplateLimits(5, 100, 10)).render(VARIABLES))
                .hasMessageContaining("5 steps");
        assertThatThrownBy(() ->
                        template.withLimits(new TemplateLimits(1000, 100, 1)).render(VARIABLES))
                .hasMessageContaining("1 levels");
        assertThatThrownBy(() -> new TemplateLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{'a': ", "not ", "-", "x if x else ", "[x for "})
    void deepSyntaxIsRefused(String opening) {
        assertThatThrownBy(() -> Template.parse("{{ " + opening.repeat(100_000)))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> Template.parse("{% if x %}".repeat(5_000))).isInstanceOf(TemplateException.class);
    }

    /** Chains are read in a loop but evaluated in depth. */
    @Test
    void longChainsDoNotOverflowASmallStack() throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread small = new Thread(
                null,
                () -> {
                    String chain = "{{ 0" + " + 1".repeat(50_000) + " }}";
                    try {
                        Template.parse(chain).render(Map.of());
                    } catch (TemplateException e) {
                        thrown[0] = e;
                    }
                },
                "small stack",
                512 * 1024);
        small.start();
        small.join();
        assertThat(thrown[0]).hasMessageContaining("nests deeper");
        assertThat(Template.parse("{{ 0" + " ~ 1".repeat(50_000) + " }}")
                        .render(Map.of())
                        .string())
                .hasSize(50_001);
    }

    /** Any text at all is a template, or is refused with a place; nothing else comes out. */
    @Test
    void randomTemplatesFailOnlyAsTemplates() {
        String[] pieces = {
            "{{ ",
            " }}",
            "{% ",
            " %}",
            "{%- ",
            " -%}",
            "{# ",
            " #}",
            "if ",
            "else",
            "endif",
            "for x in xs",
            "endfor",
            "set ",
            "macro m(a)",
            "endmacro",
            "call m()",
            "endcall",
            "filter upper",
            "endfilter",
            "raw",
            "endraw",
            "x",
            "xs",
            "s",
            "n",
            "missing",
            "m(1)",
            "loop.index",
            ".a",
            "[0]",
            "[1:",
            "]",
            "(",
            ")",
            "{",
            "}",
            "'",
            "\"q\"",
            "'\\",
            " + ",
            " ~ ",
            " - ",
            " * ",
            " ** ",
            " / ",
            " % ",
            " == ",
            " < ",
            " in ",
            " not ",
            " and ",
            " is ",
            "defined",
            " | ",
            "upper",
            "join(',')",
            "tojson",
            "map('upper')",
            "list",
            "1",
            "2.5",
            "0x",
            "\n",
            "  ",
            ",",
            ":",
            "=",
            "🙂",
            "\\u",
            "range(3)",
            "namespace(a=1)",
            "ns.a",
            "true",
            "none",
            "break",
            "continue",
            "generation",
            "endgeneration",
            "with a=1",
            "endwith"
        };
        Random random = new Random(11);
        int rendered = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder template = new StringBuilder();
            for (int i = random.nextInt(12) + 1; i > 0; i--) {
                template.append(pieces[random.nextInt(pieces.length)]);
            }
            String source = random.nextInt(3) == 0 ? "{{ " + template + " }}" : template.toString();
            try {
                Template.parse(source).render(VARIABLES);
                rendered++;
            } catch (TemplateException e) {
                assertThat(e.line()).as(source).isPositive();
                assertThat(e.column()).as(source).isPositive();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("Template: " + source, e);
            }
        }
        assertThat(rendered).isGreaterThan(500);
    }
}
