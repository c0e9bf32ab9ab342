"""Makes template_cases.json: what Python's jinja2, set up by transformers, renders for chat templates.

usage: python template_cases.py OUTPUT_DIR

Needs transformers and jinja2. The templates in templates/ follow the formats that Gemma, Llama, Qwen, Mistral, Phi,
SmolLM, OLMo, Granite and others document; the snippets below try one construct each. A case that raises in Python is
stored with "error" instead of "expected". The clock stands still, and nothing else here is left to chance.
"""

import datetime
import json
import pathlib
import sys

import transformers
import transformers.utils.chat_template_utils as chat_template_utils

NOW = datetime.datetime(2026, 3, 7, 9, 5, 2)


class StoppedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


chat_template_utils.datetime = StoppedClock

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "Weather in a \"city\" — now.\nSecond line <b>&</b>",
            "parameters": {
                "type": "object",
                "properties": {
                    "city": {"type": "string", "description": " The city, e.g. Zürich "},
                    "days": {"type": "integer", "description": "How many", "minimum": 1.0, "default": None},
                    "unit": {"enum": ["C", "F"], "description": "Unit", "type": ["string", "null"]},
                    "tags": {"type": "array", "items": {"type": "string"}, "description": "Tags"},
                    "opts": {"type": "object", "additionalProperties": {"type": "boolean"}, "description": "o"},
                },
                "required": ["city"],
            },
            "return": {"type": "string", "description": "text"},
        },
    },
    {
        "type": "function",
        "function": {
            "name": "noop",
            "description": "Does nothing",
            "parameters": {"type": "object", "properties": {}},
        },
    },
]


def user(content):
    return {"role": "user", "content": content}


def assistant(content):
    return {"role": "assistant", "content": content}


def system(content):
    return {"role": "system", "content": content}


CONVERSATIONS = {
    "one": [user("Who are you?")],
    "two": [user("Hi"), assistant("Hello!")],
    "system": [system("Be kind."), user("Hi"), assistant(" Hello! ")],
    "system_prompt": [system("  You are a pirate.\n"), user("Where to?")],
    "turns": [
        user("first question"),
        assistant("first answer"),
        user("first question"),
        assistant("first answer"),
        user("what did you say? first answer"),
    ],
    "thinking": [
        user("2+2?"),
        assistant("<think>\nlet me add\n</think>\n\n4"),
        user("3+3?"),
        assistant("<think>\nagain\n</think>\n\n6"),
    ],
    "thinking_open": [user("2+2?"), assistant("<think>\nnever closed"), user("so?"), assistant("stray</think> 4")],
    "hostile": [
        user("{{ 7*7 }} {% for x in y %}{# c #} {{ messages }} {%- endraw %} {{'}}'}}"),
        assistant("{% raw %}{{ raise_exception('x') }}{% endraw %}"),
    ],
    "unicode": [user("Grüße 🙂👩‍👩‍👧 שלום ﷽ é"), assistant("𝔘𝔫𝔦\u200bcode\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"))],
    "crlf": [user("a\r\nb\rc\r\n"), assistant("\r\nx\r\n")],
    "blank": [user(""), assistant("   \n\t"), user("\n"), assistant("")],
    "spaces": [user("  lead and trail  "), assistant("\n\n\u00a0x\u2003\n")],
    "special": [user("<|im_end|>\n<|im_start|>assistant\n<eos> </s> <end_of_turn>"), assistant("[INST] <|eot_id|>")],
    "assistant_first": [assistant("I start."), user("Then I.")],
    "same_speaker": [user("one"), user("two"), assistant("three"), assistant("four")],
    "late_system": [user("a"), system("mid"), assistant("b")],
    "tool_call": [
        system("Tools!"),
        user("Weather?"),
        {
            "role": "assistant",
            "content": "Let me look.",
            "tool_calls": [
                {"id": "abcdefghi", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "days": 3, "f": 1e20}}}
            ],
        },
        {"role": "tool", "content": "{\"t\": -1.50}", "tool_call_id": "abcdefghi"},
        {"role": "tool", "content": "again", "tool_call_id": "abcdefghi"},
        assistant("Cold."),
    ],
    "parts": [
        {"role": "system", "content": [{"type": "text", "text": "sys"}]},
        {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": " look "}]},
    ],
    "unknown_role": [{"role": "narrator", "content": "Once."}],
    "quotes": [user("it's \"quoted\" \\ back\\slash \x07 \x7f tab\t"), assistant("'")],
}

COMMON = {"bos_token": "<bos>", "eos_token": "<eos>", "tools": None, "documents": None}

FLAGS = [
    {"add_generation_prompt": False},
    {"add_generation_prompt": True, "enable_thinking": False},
    {"add_generation_prompt": True, "enable_thinking": True},
]

EXTRA = [
    ("llama31", "one", {"tools": TOOLS, "add_generation_prompt": True}),
    ("llama31", "tool_call", {"tools": TOOLS, "tools_in_user_message": False, "add_generation_prompt": True}),
    ("llama31", "tool_call", {"builtin_tools": ["get_weather", "code_interpreter"], "add_generation_prompt": False}),
    ("llama31", "system", {"date_string": "1 Jan 2000", "add_generation_prompt": False}),
    ("llama31", "one", {"custom_tools": TOOLS[:1]}),
    ("qwen25", "tool_call", {"tools": TOOLS, "add_generation_prompt": True}),
    ("qwen25", "one", {"tools": TOOLS}),
    ("qwen3", "tool_call", {"tools": TOOLS, "add_generation_prompt": True, "enable_thinking": False}),
    ("mistral", "tool_call", {"tools": TOOLS}),
    ("mistral", "system_prompt", {"tools": TOOLS}),
    ("smollm3", "system_prompt", {"xml_tools": TOOLS, "enable_thinking": False, "add_generation_prompt": True}),
    ("smollm3", "one", {"xml_tools": TOOLS[1:], "enable_thinking": True}),
    ("granite", "one", {"tools": TOOLS, "add_generation_prompt": True, "controls": {"length": "short", "n": [1, 2]}}),
    ("granite", "turns", {"documents": [{"doc_id": 1, "text": "D1"}, {"doc_id": "b", "text": "D2"}], "controls": ["citations"]}),
    ("granite", "one", {"thinking": True}),
    ("hermes", "one", {"tools": TOOLS, "add_generation_prompt": True}),
    ("typescript", "crlf", {"tools": TOOLS, "add_generation_prompt": True}),
    ("typescript", "system", {"tools": TOOLS}),
]

# Each snippet is rendered with VARIABLES.
VARIABLES = {
    "s": "Hello, World",
    "t": "  padded\ttext \n",
    "u": "ÀÉÎ ß ﬁ Σίσυφος ΟΔΟΣ 🙂x",
    "e": "",
    "n": 7,
    "neg": -7,
    "f": 2.5,
    "none": None,
    "yes": True,
    "no": False,
    "xs": [3, 1, 2],
    "ws": ["b", "A", "c", "a"],
    "d": {"b": 2, "a": [1, {"x": None}], "items": "own", "C": True},
    "objs": [
        {"name": "one", "v": 1, "in": {"k": "x"}},
        {"name": "Two", "v": 2, "in": {"k": "y"}},
        {"name": "three", "v": None},
    ],
    "messages": [user("q <1>"), assistant("a"), user("q2")],
}

# Not in SNIPPETS: what Jinja has and the interpreter refuses by name.
REFUSED = [
    "{{ d.items }}",
    "{{ ('<b>' | safe) + '<i>' }}",
    "{{ s | escape }}",
    "{{ s | e }}",
    "{{ s | truncate(5) }}",
    "{% block b %}{% endblock %}",
    "{% include 'x' %}",
    "{% extends 'x' %}",
    "{% import 'x' as y %}",
    "{% autoescape true %}{% endautoescape %}",
    "{{ s.encode() }}",
    "{{ cycler('a') }}",
    "{{ 'a'.zfill(3) }}",
    "{{ xs | groupby('x') }}",
    "{{ xs[1, 2] }}",
    "{{ 99999999999999999999 }}",
    "{{ 9223372036854775807 + 1 }}",
    "{{ '%5.2f' % f }}",
    "{{ '{:>3}'.format(n) }}",
    "{{ strftime_now('%U') }}",
    "{{ '\\N{DASH}' }}",
    "{{ f is sameas 2.5 }}",
]

SNIPPETS = """
{{ s }} {{ missing }} {{ none }} {{ yes }} {{ no }} {{ n }} {{ f }} {{ xs }} {{ d }}
{{ 1 }} {{ 1.0 }} {{ 1e3 }} {{ 1e16 }} {{ 1.5e-7 }} {{ 0.1 + 0.2 }} {{ 123456789.125 }} {{ 1e100 }} {{ 5e-324 }} {{ 100000000000000000000.0 }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 5 // 0.3 }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ yes + 1 }} {{ yes * 3 }} {{ -yes }} {{ +no }} {{ 1 == 1.0 }} {{ yes == 1 }} {{ 1 < 2 < 3 }} {{ 1 < 2 > 3 }} {{ 3 > 2 == 2 }}
{{ 'a' < 'b' }} {{ 'a' < 'B' }} {{ [1, 2] < [1, 3] }} {{ (1, 2) == (1, 2) }} {{ [1] == (1,) }} {{ {'a': 1} == {'a': 1.0} }}
{{ 1 < 'a' }}
{{ 'a' ~ 1 ~ none ~ yes ~ 2.0 ~ missing ~ [1, 'b'] }}
{{ 'a' + 1 }}
{{ 'a' + missing }}
{{ 'ab' * 3 }} {{ 2 * 'x' }} {{ [1] * 2 }} {{ 'x' * -1 }}|
{{ 'x' 'y' "z" }} {{ 'it\\'s' }} {{ "a\\nb\\tc\\\\d\\x41\\u00e9\\d\\U0001F600\\101" }} {{ '\\é' }}
{{ 'World' in s }} {{ 'x' not in s }} {{ 1 in xs }} {{ 'a' in d }} {{ 5 in [] }} {{ 'a' in missing }} {{ '' in '' }}
{{ 1 in 'a' }}
{{ xs[0] }} {{ xs[-1] }} {{ xs[9] }}| {{ s[0] }} {{ s[-1] }} {{ s[99] }}| {{ u[-2] }} {{ d['b'] }} {{ d['zz'] }}| {{ d.b }} {{ d.zz }}|
{{ s[1:4] }} {{ s[:-1] }} {{ s[::2] }} {{ s[::-1] }} {{ s[-3:] }} {{ s[5:2] }}| {{ xs[::-1] }} {{ xs[1:] }} {{ xs[:0] }} {{ u[-4:-1] }} {{ u[::-1] }} {{ xs[-99:99] }} {{ xs[5:0:-2] }} {{ (1,2,3)[1:] }} {{ s[:none] }}
{{ xs[::0] }}
{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %} {{ d['items'] }} {{ d.keys() }} {{ d.values() | list }} {{ d.items() }}
{{ d.get('b') }} {{ d.get('q') }} {{ d.get('q', 'dflt') }} {{ {'x': 1}.items() | list }} {{ {} }} {{ {'k': 'v', 2: none} }} {{ {}.get('a') is none }}
{{ d.pop('b') }}
{{ xs.append(4) }}
{{ d.update is defined }} {{ s.__class__ }}| {{ s.__class__ is defined }} {{ d.__len__ is defined }}
{{ (1,) }} {{ () }} {{ (1, 'a', none) }} {{ 1, 2 }} {{ [1, [2, [3]]] }} {{ ["it's", 'q"', 'both\\'"', 'nl\\n', '\\x00', 'é', '\\u200b', '\\xa0'] }}
{{ 'yes' if n else 'no' }} {{ 'x' if none }}| {{ ('a' if no else 'b') ~ 'c' }} {{ 1 if yes else 2 if yes else 3 }}
{{ none or 'd' }} {{ 0 or '' }}| {{ 1 and 2 }} {{ not n }} {{ not missing }} {{ no and missing.x }} {{ e or xs }} {{ yes and not no or none }}
{{ missing.attr }}
{{ none.attr }}| {{ n.attr }}| {{ xs.attr }}|
{{ missing() }}
{{ n() }}
{{ missing | length }} {{ missing | list }} {{ missing | upper }}| {{ missing | default('D') }} {{ e | default('D') }}| {{ e | default('D', true) }} {{ e | d('D', boolean=true) }} {{ none | default('D') }} {{ missing | default }}| {{ d.zz | default('D') }}
{{ missing.x | default('D') }}
{{ s | length }} {{ u | length }} {{ xs | count }} {{ d | length }} {{ {} | length }}
{{ n | length }}
{{ s | upper }} {{ s | lower }} {{ u | upper }} {{ u | lower }} {{ u | title }} {{ 'foo bar-baz (qux) a[b <c {d it\\'s' | title }} {{ u | capitalize }} {{ 'ABC dEF' | capitalize }} {{ e | capitalize }}|
{{ s.upper() }} {{ s.lower() }} {{ 'they\\'re bill\\'s FRIENDS 3abc' .title() }} {{ 'ßa' .capitalize() }} {{ 'ABC' .capitalize() }} {{ 'ΟΔΟΣ'.lower() }} {{ 'İ'.lower() | length }}
{{ t | trim }}| {{ t.strip() }}| {{ t.lstrip() }}| {{ t.rstrip() }}| {{ 'xxaxx'.strip('x') }} {{ 'xyaxy'.lstrip('yx') }} {{ 'abc'.rstrip('cb') }} {{ 'xax' | trim('x') }} {{ '\\u00a0\\u2003a\\u001f\\x85'.strip() }}| {{ 'a'.strip(none) }} {{ 12 | trim }}
{{ 'a,b,,c'.split(',') }} {{ ' a  b\\tc '.split() }} {{ 'a b c'.split(' ', 1) }} {{ 'a b c d'.split(none, 2) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'a--b'.split('--') }}
{{ 'abc'.split('') }}
{{ 'a,b,c'.rsplit(',', 1) }} {{ 'a,b,c'.rsplit(',') }} {{ ' a b '.rsplit() }} {{ 'a b'.split(sep=' ', maxsplit=0) }} {{ 'a\\nb\\r\\nc\\x0bd\\x85e\\n'.splitlines() }} {{ 'a\\nb'.splitlines(true) }} {{ 'a</think>b</think>c'.split('</think>')[-1] }}
{{ s.startswith('Hell') }} {{ s.endswith(('x', 'World')) }} {{ s.startswith('') }} {{ s.find('o') }} {{ s.rfind('o') }} {{ s.find('zz') }} {{ u.find('x') }} {{ s.index('W') }} {{ s.count('l') }} {{ 'aaa'.count('aa') }} {{ 'abc'.count('') }}
{{ s.index('zz') }}
{{ s.replace('l', 'L') }} {{ s.replace('l', 'L', 1) }} {{ s | replace('o', '0') }} {{ s | replace('l', 'x', 2) }} {{ 'abc'.replace('', '-') }} {{ 'abc'.replace('', '-', 2) }} {{ 'aaa'.replace('aa', 'b') }} {{ 123 | replace(2, 'x') }} {{ s | replace('', '.') }}
{{ ', '.join(['a', 'b']) }} {{ xs | join }} {{ xs | join(', ') }} {{ objs | join('+', attribute='name') }} {{ 'abc' | join('-') }} {{ [none, yes, 1.0] | join(',') }} {{ [] | join(',') }}| {{ missing | join(',') }}|
{{ ', '.join([1]) }}
{{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('bc') }} {{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'ab'.partition('=') }} {{ 'ab'.rpartition('=') }} {{ 'ab'.ljust(4, '.') }} {{ 'ab'.rjust(4) }} {{ 'ab'.center(5, '*') }} {{ 'abc'.center(6, '*') }} {{ 'ab' | center(7) }}|
{{ 'a1'.isalnum() }} {{ '12'.isdigit() }} {{ 'ab'.isalpha() }} {{ ' '.isspace() }} {{ 'AB'.isupper() }} {{ 'ab1'.islower() }} {{ ''.isdigit() }} {{ 'A' is upper }} {{ 'a' is lower }}
{{ '{} and {}'.format(1, 'b') }} {{ '{1}{0}'.format('a', 'b') }} {{ '{x}-{{}}'.format(x=none) }} {{ '%s is %d%%' % ('x', 3) }} {{ '%s' % 'y' }} {{ '%r' % ('q',) }} {{ '%s-%s' | format(1, 'z') }}
{{ '%s' % (1, 2) }}
{{ xs | sort }} {{ xs | sort(reverse=true) }} {{ ws | sort }} {{ ws | sort(case_sensitive=true) }} {{ objs | map(attribute='name') | sort | join(',') }} {{ objs[:2] | sort(attribute='v', reverse=true) | map(attribute='v') | list }}
{{ [1, 'a'] | sort }}
{{ xs | first }} {{ xs | last }} {{ [] | first }}| {{ s | first }} {{ s | last }} {{ d | first }} {{ xs | min }} {{ xs | max }} {{ ws | max }} {{ xs | sum }} {{ objs[:2] | sum(attribute='v') }} {{ [] | max }}| {{ xs | sum(start=10) }}
{{ xs | map('string') | join('|') }} {{ ws | map('upper') | list }} {{ objs | map(attribute='in.k', default='?') | list }} {{ objs | map(attribute='in') | list }} {{ [[1, 2], [3]] | map('join', '-') | list }} {{ [[5, 6]] | map(attribute=1) | list }} {{ [] | map('upper') | list }}
{{ xs | map('nosuch') | list }}
{{ objs | selectattr('v') | map(attribute='name') | join(',') }} {{ objs | selectattr('v', 'none') | map(attribute='name') | join }} {{ objs | rejectattr('v', 'eq', 1) | list | length }} {{ objs | selectattr('in.k', 'equalto', 'y') | map(attribute='v') | first }} {{ messages | selectattr('role', '==', 'user') | map(attribute='content') | list }}
{{ [1, 2, 3, 4] | select('odd') | list }} {{ [1, 2, 3, 4] | reject('divisibleby', 2) | list }} {{ [0, 1, '', 'a', none] | select | list }} {{ [1, 'a', none] | select('string') | list }} {{ xs | select('>', 1) | list }} {{ ['a', 'b'] | select('in', ['b']) | list }}
{{ xs | reverse | list }} {{ s | reverse }} {{ u | reverse }} {{ 'abc' | list }} {{ d | list }} {{ (1, 2) | list }} {{ ['a', 'A', 'b', 'a'] | unique | list }} {{ ['a', 'A'] | unique(case_sensitive=true) | list }} {{ [1, 2, 3, 4, 5] | batch(2) | list }} {{ [1, 2, 3] | batch(2, 'x') | list }} {{ [1, 2, 3, 4, 5] | slice(2) | list }} {{ [1, 2, 3, 4, 5] | slice(3, 'z') | list }}
{{ d | dictsort }} {{ {'b': 1, 'A': 2} | dictsort }} {{ {'b': 1, 'A': 2} | dictsort(true) }} {{ {'b': 1, 'A': 2} | dictsort(by='value', reverse=true) }} {{ {'x': 1} | items | list }} {{ missing | items | list }}
{{ 'a' | items | list }}
{{ '42' | int }} {{ '4.9' | int }} {{ 'x' | int }} {{ 'x' | int(7) }} {{ 3.9 | int }} {{ -3.9 | int }} {{ yes | int }} {{ ' 5 ' | int }} {{ '1_0' | int }} {{ none | int }} {{ '1e3' | int }} {{ '2.5' | float }} {{ 'x' | float }} {{ 3 | float }} {{ 'inf' | float }} {{ '-nan' | float }} {{ 'x' | float(1.5) }} {{ '1.' | float }} {{ [] | int }}
{{ -3 | abs }} {{ (-3) | abs }} {{ (-2.5) | abs }} {{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 2.1 | round(method='ceil') }} {{ 2.99 | round(1, 'floor') }} {{ 42 | round }} {{ 42.55 | round | int }} {{ 1234.5 | round(-2) }}
{{ xs | string }} {{ none | string }} {{ 1.50 | string }} {{ s | string | length }} {{ s | safe }} {{ '<b>' | safe }} {{ '<b>' | upper | safe }}
{{ s | nosuchfilter }}
{{ s is nosuchtest }}
{{ 'a\\nb\\n\\nc' | indent }}| {{ 'a\\nb' | indent(2, true) }}| {{ 'a\\n\\nb' | indent(2, blank=true) }}| {{ 'a\\nb' | indent('> ') }} {{ 'a\\n' | indent }}|
{{ d | tojson }} {{ d | tojson(indent=2) }} {{ s | tojson }} {{ '\\u00e9🙂\\x07\\x7f\\u2028"\\\\/' | tojson }} {{ '\\u00e9🙂\\x7f' | tojson(ensure_ascii=true) }} {{ [] | tojson(indent=2) }} {{ [[], {}] | tojson(indent=1) }} {{ xs | tojson(separators=(',', ':')) }} {{ d | tojson(sort_keys=true) }} {{ (1, none, yes, 1.0, 1e20) | tojson }} {{ {1: 2, none: 3, yes: 4} | tojson }} {{ [1] | tojson(indent='--') }} {{ '<a href="x">&\\'' | tojson }} {{ d | tojson(indent=0) }}
{{ missing | tojson }}
{{ range(3) | tojson }}
{{ range(3) }} {{ range(3) | list }} {{ range(1, 10, 3) | list }} {{ range(5, 0, -2) | list }} {{ range(3) | length }} {{ range(5)[2] }} {{ 3 in range(5) }} {{ range(0) | list }}
{{ range(1000000) | length }}
{{ dict(a=1, b='x') }} {{ dict([('k', 1)]) }} {{ dict({'a': 1}, c=2) }} {{ dict() }}
{{ xs is iterable }} {{ s is iterable }} {{ n is iterable }} {{ d is mapping }} {{ xs is mapping }} {{ s is string }} {{ n is number }} {{ yes is number }} {{ yes is integer }} {{ n is integer }} {{ f is float }} {{ yes is boolean }} {{ yes is true }} {{ 1 is true }} {{ no is false }} {{ none is none }} {{ missing is defined }} {{ missing is undefined }} {{ none is defined }} {{ xs is sequence }} {{ d is sequence }} {{ range is callable }} {{ 3 is odd }} {{ 4 is even }} {{ 6 is divisibleby 3 }} {{ 'a' is in ['a'] }} {{ 1 is eq 1 }} {{ 2 is gt(1) }} {{ 'upper' is filter }} {{ 'odd' is test }} {{ missing is iterable }} {{ d.items() is sequence }} {{ none is sameas none }} {{ yes is sameas true }} {{ 1 is sameas true }}
{{ s is not string }} {{ not s is string }} {{ n is not none and n is number }} {{ missing is not defined or 1 }} {{ 5 is odd and 4 is odd }} {{ 'a' if n is odd else 'b' }} {{ xs is defined and xs is not string }} {{ n is divisibleby(7) }}
{{ s is string is string }}
{% for x in xs %}{{ loop.index }}/{{ loop.index0 }}/{{ loop.revindex }}/{{ loop.revindex0 }}/{{ loop.first }}/{{ loop.last }}/{{ loop.length }}/{{ loop.previtem }}/{{ loop.nextitem }}/{{ loop.depth }};{% endfor %}
{% for x in xs if x > 1 %}{{ loop.index }}:{{ x }}{% if not loop.last %},{% endif %}{% else %}none{% endfor %} {% for x in xs if x > 9 %}{{ x }}{% else %}none{% endfor %} {% for x in [] %}{% else %}empty{% endfor %}
{% for x in xs if x > 1 %}{{ loop.length }}{{ loop.revindex }} {% endfor %}{% for x in xs | select('odd') %}{{ loop.length }}{{ loop.last }}{{ x }} {% endfor %}
{% for x in [1, 2, 3, 4] %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% else %}E{% endfor %}|{% for x in [1, 2] %}{% continue %}{% else %}all skipped{% endfor %}|{% for x in [1, 2] %}{% break %}{% else %}broke at once{% endfor %}|{% for x in [1, 2] %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% else %}never{% endfor %}
{% for a, b in [(1, 2), [3, 4], 'xy'] %}{{ a }}-{{ b }} {% endfor %}{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for a, b in [(1, 2, 3)] %}{{ a }}{% endfor %}
{% for x in n %}{% endfor %}
{% for x in none %}{% endfor %}
{% for x in missing %}x{% else %}nothing{% endfor %} {% for c in 'aé🙂' %}[{{ c }}]{% endfor %} {% for k in d %}{{ k }},{% endfor %}
{% for x in xs %}{% for y in xs %}{{ loop.index }}{{ x }}{% set z = y %}{% endfor %}{{ z is defined }}{% endfor %}
{% for row in [[1, 2], [3]] %}{% set outer = loop %}{% for x in row %}{{ outer.index }}.{{ loop.index }} {% endfor %}{% endfor %}
{% for x in [1, 1, 2, 2, 1] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }} {% endfor %}
{% for i in [{'n': 1, 'c': [{'n': 2, 'c': []}, {'n': 3, 'c': [{'n': 4, 'c': []}]}]}] recursive %}{{ i.n }}@{{ loop.depth }}{% if i.c %}({{ loop(i.c) }}){% endif %}{% endfor %}
{% set x = 1 %}{% for i in xs %}{% set x = i %}{{ x }}{% endfor %}{{ x }} {% if yes %}{% set x = 9 %}{% endif %}{{ x }}
{% set ns = namespace(found=false, n=0) %}{% for i in xs %}{% set ns.n = ns.n + i %}{% if i == 1 %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }} {{ ns.n }} {{ ns.zz is defined }} {{ ns['n'] }}
{% set ns = namespace(found=false) %}{% for i in [1, 2, 3, 4] if not ns.found %}{{ i }}{% if i == 2 %}{% set ns.found = true %}{% endif %}{% endfor %}
{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{% set ns.c = ns.a ~ ns.b %}{{ ns.c }}
{% set ns = namespace() %}{% set ns._x = 1 %}
{% set d.x = 1 %}
{% set a, b = 1, 2 %}{{ a }}{{ b }} {% set c = 1, 2 %}{{ c }} {% set (p, q) = [5, 6] %}{{ p }}{{ q }}
{% set x %}a{{ n }}  b{% endset %}[{{ x }}] {% set y | upper | trim %} q {% endset %}[{{ y }}]
{% set x = 1 %}{% set x %}{% set x = 2 %}{{ x }}{% endset %}{{ x }}
{% filter upper %}a{{ s }}{% endfilter %} {% filter replace('a', 'b') | upper %}aXa{% endfilter %}
{% with a = 1, b = n %}{{ a }}{{ b }}{% set a = 3 %}{{ a }}{% endwith %}{{ a is defined }} {% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q is defined }}
{% macro m(a, b='B', c=none) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(1, c=3) }}{{ m() }}{{ m(b=1, a=2) }}{{ m('x') | length }}{{ m(1) ~ 'z' }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, z=2) }}
{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, z=4) }}
{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}
{% macro f(n) %}{{ n }}{% if n > 0 %},{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}
{% set g = 1 %}{% macro m() %}{{ g }}{% set g = 5 %}{{ g }}{% endmacro %}{{ m() }}{% set g = 2 %}{{ m() }}{{ g }}
{% for x in xs %}{% macro m() %}<{{ x }}>{% endmacro %}{{ m() }}{% endfor %}
{% macro box(t) %}<{{ t }}>{{ caller() }}</{{ t }}>{% endmacro %}{% call box('b') %}in {{ n }}{% endcall %}
{% macro each(l) %}{% for x in l %}{{ caller(x, loop.index) }};{% endfor %}{% endmacro %}{% call(v, i) each(xs) %}{{ i }}:{{ v }}{% endcall %}
{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*[1]) }}{{ m(**{'a': 2}) }}
{{ m is defined }}{% macro m() %}{% endmacro %}{{ m is defined }}{{ m is callable }}
{% if xs %}a{% elif yes %}b{% else %}c{% endif %}{% if no %}a{% elif yes %}b{% else %}c{% endif %}{% if no %}a{% elif no %}b{% else %}c{% endif %}{% if no %}x{% endif %}
{% raw %}{{ not }} {% parsed %} {# here #}{% endraw %} {%- raw -%}  a  {%- endraw -%}  b
a {#- comment -#} b {# c1 #}c {#+ c2 +#} d
  {% if yes %}  x  {% endif %}  y
{{ raise_exception('My message: ' ~ n) }}
{{ strftime_now('%d %b %Y|%B %d, %Y|%Y-%m-%d|%H:%M:%S|%A %a|%y %m %j %I %p|%-d/%-m|%e|%%') }} {{ strftime_now is defined }} {{ raise_exception is defined }}
{% generation %}a{{ n }}{% set q = 1 %}{% endgeneration %}{{ q is defined }}
{% nosuchtag %}
{% if yes %}
{% endif %}
{% for x in xs %}
{{ x
{{ x }
{% break %}
{{ (1 }}
{{ 'open }}
{# open
{{ 1 + }}
{{ a b }}
{{ a ! b }}
{{ [1, 2 }}
{{ {'a' 1} }}
{% set 1 = 2 %}
{% set true = 2 %}
{% for loop in xs %}{% endfor %}
{% if %}{% endif %}
{{ }}
{{ x.y. }}
{{ f(a=1, 2) }}
{% macro m(a=1, b) %}{% endmacro %}
{{ '{{' }} {{ '}}' }} {{ "{%" }} {{ {'a': {'b': 1}} }} {{ {'a': {}}}} {{ [[1, 2], {'x': (3,)}] }}
{{ "a" if "b" in {"b": 1} else "c" }} {{ {"a": 1}["a"] }} {{ {"a": {"b": [1, 2]}}.a.b[1] }} {{ [1, 2][0] }} {{ "abc"[1] }} {{ (1 + 2) * 3 }} {{ -n }} {{ - n + 1 }} {{ 2 * -3 }} {{ not not yes }} {{ n.real is defined or true }}
{{ xs.0 }} {{ objs.1.name }} {{ objs[0]['in'].k }} {{ objs[0]['name'][0] }} {{ 1_000 }} {{ 0x1F }} {{ 0b11 }} {{ 0o17 }}
{{ -2 ** 2 }} {{ 2 ** 3 ** 2 }} {{ 7 - 2 - 1 }} {{ 'a' ~ 'b' * 2 }} {{ 1 ~ 2 * 3 }} {{ 'a' + 'b' ~ 1 }}
{{ 1 ~ 2 + 3 }}
{{ 1 if no }}{{ (1 if no) is defined }} {{ [1, 2,] }} {{ {'a': 1,} }} {{ dict(a=1,) }}
{{ objs | map(attribute='zz') | list }} {{ objs | map(attribute='zz', default=0) | list }} {{ [missing] }}
{{ messages[0].content }} {{ messages[-1]['content'] }} {{ messages | length }} {{ messages[0] == messages[0] }} {{ messages[1:] | map(attribute='role') | list }} {{ (messages | last).content }} {{ messages | map(attribute='content') | map('upper') | join('/') }}
{{ 'x'.center(3) }}| {{ 'abc' | attr('upper') is defined }} {{ d | attr('b') is defined }} {{ d | attr('items') is callable }}
{{ [1, 2, 3].index(2) }} {{ [1, 1].count(1) }} {{ (1, 2).index(2) }} {{ {'a': 1}.copy() }} {{ [3].copy() }}
{{ [1].index(5) }}
{{ {[1]: 2} }}
{{ {'a': 1}[['x']] is defined }}
{{ n and none }} {{ 0 and 1 }} {{ '' or none }} {{ [] or {} }} {{ (none or no) is false }}
{{ s.nosuch() }}
{{ 9223372036854775807 }} {{ -9223372036854775807 - 1 }}
{{ 'a' is string and 'b' is string }} {{ 'abc' is in 'abcd' }} {{ n is ne 3 }} {{ n is lessthan 8 }} {{ n is greaterthan 8 }} {{ n is ge 7 }} {{ n is le 7 }}
"""

# Layout snippets need line breaks of their own.
LAYOUT = [
    "a\n{% if yes %}\nb\n{% endif %}\nc\n",
    "a\n  {% if yes %}\n  b\n  {% endif %}\nc\n\n",
    "a\n  {%+ if yes %}\n  b\n  {%+ endif +%}\nc",
    "a\n  {%- if yes -%}\n  b\n  {%- endif -%}\nc",
    "a  {% if yes %}  b  {% endif %}  c",
    "x {% if yes %}\n{% endif %} y\n",
    "{% for x in xs %}\n  {{ x }}\n{% endfor %}\n",
    "{% for x in xs -%}\n  {{ x }},\n{%- endfor %}\nend",
    "{# c #}\n{# d #}\nx\n  {# e #}\ny {# f #}\nz",
    "a\n\t {#- c -#} \n b",
    "  {{ n }}  \n  {{- n -}}  \n  {{ n }}\n",
    "{% raw %}\n  {{ a }}\n  {% endraw %}\nb\n   {% raw %} {% endraw -%}   \n c",
    "a\r\n{% if yes %}\r\nb\r\n{% endif %}\rc\r\n",
    "{{ 'a\r\nb' }}\n\n",
    "\n\n{% set x = 1 %}\n\n{{ x }}\n\n",
    "{% set x = 1 %}  \n  {% set y = 2 %}{% set z = 3 %}\n{{ x }}{{ y }}{{ z }}",
    "{%- set x = 1 -%}   {%- set y = 2 -%}\n\n   z",
    "a {%- if yes %} b {%- endif %} c",
    "a\n\n  {%- if yes %}\n\n  b {% endif -%}\n\n c",
    "{% macro m(x) %}\n  <{{ x }}>\n{% endmacro %}\n{{ m(1) }}\n{{ m(2) -}}\n!",
    "{% macro m(x) -%}\n  <{{ x }}>\n{%- endmacro %}\n{{ m(1) }}{{ m(2) }}",
    "{{ n }}\n{% if no %}x{% endif %}\n{{ n }}",
    "{% if yes %}{{ n }}\n{% else %}\nq\n{% endif %}\n",
    "{% generation %}\n a\n{% endgeneration %}\nb",
    "{% set t %}\n line\n{% endset %}\n[{{ t }}]",
    "{{ {\n 'a': 1,\n 'b': [2,\n 3]\n} }}\n{% for x in [\n1, 2] %}\n{{ x }}\n{% endfor %}",
    "\u00a0 {%- if yes %}\u2003{{ n }}\u2003{% endif -%} \u00a0x",
    "x\n\u00a0{% if yes %}y{% endif %}",
    "a\x0b{% if yes %}\x0bb{% endif %}\x0c",
    "",
    "\n",
    "just text {not a tag} {",
    "{{ n }}{",
    "{{'{'}}{ %}",
]


def render(template, variables):
    try:
        return {"expected": chat_template_utils._compile_jinja_template(template).render(**variables)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".split(" at 0x")[0]}


def main(output):
    folder = pathlib.Path(__file__).parent / "templates"
    templates = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jinja"))}
    chats = []
    for name in templates:
        for conversation in CONVERSATIONS:
            for flags in FLAGS:
                if (conversation not in ("one", "thinking")) and flags.get("enable_thinking"):
                    continue
                needs_tools = {"tools": []} if name in ("hermes", "typescript") else {}
                chats.append((name, conversation, {**flags, **needs_tools}))
    chats += EXTRA
    rendered = []
    for name, conversation, flags in chats:
        variables = {**COMMON, **flags, "messages": CONVERSATIONS[conversation]}
        rendered.append({"template": name, "conversation": conversation, "variables": flags, **render(templates[name], variables)})
    snippets = [line for line in SNIPPETS.strip().split("\n")] + LAYOUT
    fixture = {
        "made_with": f"transformers {transformers.__version__}, jinja2 {chat_template_utils.jinja2.__version__}",
        "now": NOW.isoformat(),
        "common": COMMON,
        "variables": VARIABLES,
        "templates": templates,
        "conversations": CONVERSATIONS,
        "chats": rendered,
        "refused": REFUSED,
        "snippets": [{"template": snippet, **render(snippet, VARIABLES)} for snippet in snippets],
    }
    path = pathlib.Path(output) / "template_cases.json"
    path.write_text(json.dumps(fixture, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    print(f"{path}: {len(rendered)} chats, {len(snippets)} snippets")


if __name__ == "__main__":
    main(sys.argv[1])
