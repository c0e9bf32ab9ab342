package dev.plumbline.text.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.text.template.TracedText.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Characters keep the origin of the string that they came from, whatever the template does to them. */
class TracedTextTest {
    private static final Map<String, Object> VARIABLES = Map.of(
            "a", TracedText.from(1, "Abc"),
            "b", TracedText.from(2, "xyz"),
            "pad", TracedText.from(3, "  p q  "),
            "list", List.of(TracedText.from(4, "one"), TracedText.from(5, "two")),
            "emoji", TracedText.from(6, "a🙂ß"));

    private static TracedText render(String template) {
        return Template.parse(template).render(VARIABLES);
    }

    /** The rendering with each character replaced by its origin, or by a dot. */
    private static String origins(TracedText text) {
        StringBuilder origins = new StringBuilder(".".repeat(text.string().length()));
        for (Run run : text.runs()) {
            for (int i = run.start(); i < run.end(); i++) {
                origins.setCharAt(i, (char) ('0' + run.origin()));
            }
        }
        return origins.toString();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '@', textBlock = """
            -{{ a }}-@-Abc-@.111.
            {{ a + '+' + b }}@Abc+xyz@111.222
            {{ a ~ 1 ~ b }}@Abc1xyz@111.222
            {{ a + a }}@AbcAbc@111111
            {{ (a + b)[2:4] }}@cx@12
            {{ (a + b)[::-1] }}@zyxcbA@222111
            {{ (a + b)[-1] }}@z@2
            {{ pad | trim }}|{{ pad.rstrip() }}@p q|  p q@333.33333
            {{ (a + '-' + b).split('-')[1] }}@xyz@222
            {{ pad.split() | join('+') }}@p+q@3.3
            {{ (a + b) | replace('bcx', '_') }}@A_yz@1.22
            {{ ('<' + a + '>').replace('bc', b) }}@<Axyz>@.1222.
            {{ (a + b) | upper }}@ABCXYZ@111222
            {{ (a + b).title() }}@Abcxyz@111222
            {{ ('q' + a) | capitalize }}@Qabc@.111
            {{ emoji | upper }}@A🙂SS@66666
            {{ emoji[1] ~ emoji[2:] }}@🙂ß@666
            {{ list | join(', ') }}@one, two@444..555
            {{ list }}@['one', 'two']@..444....555..
            {{ list | tojson }}@["one", "two"]@..444....555..
            {{ '%s-%s' % (a, b) }}@Abc-xyz@111.222
            {{ '{}-{}'.format(a, b) }}@Abc-xyz@111.222
            {{ 'pre%s' | format(a) }}@preAbc@...111
            {{ a * 2 }}@AbcAbc@111111
            {{ a.center(5, '*') }}@*Abc*@.111.
            {{ (a + '\\n' + b) | indent(1) | replace('\\n', '/') }}@Abc/ xyz@111..222
            {% for c in a %}{{ c }}.{% endfor %}@A.b.c.@1.1.1.
            {% set t %}<{{ b }}>{% endset %}{{ t }}@<xyz>@.222.
            {% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(a) }}@[Abc]@.111.
            {% filter upper %}q{{ b }}{% endfilter %}@QXYZ@.222
            {{ a | reverse }}{{ a | list | last }}{{ (a | first) }}@cbAcA@11111
            {{ {'k': a}.k }}{{ dict(k=b)['k'] }}@Abcxyz@111222
            {{ 'same' if a == 'Abc' }}@same@....
            {% set ns = namespace(t='') %}{% for x in list %}{% set ns.t = ns.t + x %}{% endfor %}{{ ns.t }}@onetwo@444555
            {{ a.partition('b')[2] }}{{ a.removeprefix('A') }}@cbc@111
            """)
    void originsFollow(String template, String text, String origins) {
        TracedText rendered = render(template.replace("\\\\n", "\\n"));
        assertThat(rendered.string()).isEqualTo(text);
        assertThat(origins(rendered)).isEqualTo(origins);
    }

    @Test
    void jsonEscapesBelongToWhatTheyEscape() {
        TracedText text = Template.parse("{{ x | tojson }}").render(Map.of("x", TracedText.from(1, "a\"\n")));
        assertThat(text.string()).isEqualTo("\"a\\\"\\n\"");
        assertThat(origins(text)).isEqualTo(".11111.");
    }

    @Test
    void runsAreInOrderAndMerged() {
        TracedText text = render("{{ a }}{{ a }}-{{ b }}{{ a[0:0] }}{{ b[:1] }}");
        assertThat(text.runs()).containsExactly(new Run(0, 6, 1), new Run(7, 11, 2));
        assertThat(text.runs(2)).containsExactly(new Run(7, 11, 2));
    }

    @Test
    void equalTextsAreEqualWhateverTheirOrigin() {
        assertThat(TracedText.from(1, "a")).isEqualTo(TracedText.plain("a")).hasSameHashCodeAs(TracedText.plain("a"));
        assertThat(TracedText.from(1, "a")).isNotEqualTo(TracedText.from(1, "b"));
    }

    /** A sigma's lower case depends on what follows, also where another origin follows. */
    @Test
    void caseIsThatOfTheWholeText() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("a", TracedText.from(1, "ΟΔΟΣ"));
        variables.put("b", TracedText.from(2, "ΟΔΟΣ"));
        TracedText text = Template.parse("{{ (a + b) | lower }}").render(variables);
        assertThat(text.string()).isEqualTo("ΟΔΟΣΟΔΟΣ".toLowerCase(java.util.Locale.ROOT));
        assertThat(origins(text)).isEqualTo("11112222");
    }

    /** Whatever is cut and joined, each traced character stands under its own letter. */
    @Test
    void randomSlicesAndJoinsNeverMisplaceACharacter() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder template = new StringBuilder("{% set t = '' %}");
            for (int i = 0; i < 8; i++) {
                String part = random.nextBoolean() ? "v" + random.nextInt(3) : "t";
                String slice = "[" + random.nextInt(5) + ":" + (random.nextInt(12) - 3) + "]";
                String method = random.nextInt(4) == 0 ? ".replace('1', '.')" : "";
                template.append("{% set t = t ~ (")
                        .append(part)
                        .append(slice)
                        .append(method)
                        .append(") ~ '.' %}");
            }
            TracedText text = Template.parse(template + "{{ t }}")
                    .render(Map.of(
                            "v0", TracedText.from(0, "000000"),
                            "v1", TracedText.from(1, "111111"),
                            "v2", TracedText.from(2, "222222")));
            assertThat(origins(text)).isEqualTo(text.string());
        }
    }
}
