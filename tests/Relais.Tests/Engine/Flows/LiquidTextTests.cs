using System.Diagnostics;
using System.Text.Json.Nodes;
using Relais.Engine.Flows.Liquid;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>Where Studio is kinder than the reference implementation, and what keeps a text within bounds.</summary>
public sealed class LiquidTextTests
{
    private static readonly LiquidLimits Limits = new(new DateTimeOffset(2026, 3, 14, 9, 5, 7, TimeSpan.Zero));

    private static readonly JsonObject Context = (JsonObject)JsonNode.Parse("""
        {"flow":{"data":{"city":"Rabat","n":2},"variables":{"reservation_id":"R7","i":1,"big":12345678901234567890}},
         "widgets":{"get_reservation":{"parsed":{"count":3}},"get-convo-name":{"parsed":{"name":"Desk"}},"ask":{"inbound":{"Body":"Oui"}}},
         "list":[{"a":1},{"a":2}],"many":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20],"word":"relais"}
        """)!;

    [Theory]
    [InlineData("{{widgets. \nget_reservation.parsed.count}}", "3")]
    [InlineData("{{ widgets . get-convo-name . parsed [ \"name\" ] }}", "Desk")]
    [InlineData("Réservation {{flow.variables.reservation_id", "Réservation R7")]
    [InlineData("Réservation {{flow.variables.reservation_id}", "Réservation R7")]
    [InlineData("{{flow.data}}", """{"city":"Rabat","n":2}""")]
    [InlineData("{{list[0]}}", """{"a":1}""")]
    [InlineData("{{list | map: \"a\" | join: \"+\"}}", "1+2")]
    [InlineData("{{flow.data | to_json}}", """{"city":"Rabat","n":2}""")]
    [InlineData("{{word | to_json}}", "\"relais\"")]
    [InlineData("{{missing | to_json}}", "null")]
    [InlineData("{{list[flow.variables.i].a}}", "2")]
    [InlineData("{{flow.variables.big}}", "12345678901234567890")]
    [InlineData("{{ \"now\" | date: \"%Y-%m-%d\" }}", "2026-03-14")]
    [InlineData("{{ \"now\" | date: \"%s\" | plus: 60 }}", "1773479167")]
    [InlineData("{{ \"now\" | date: \"%F %T %R %D %r\" }}", "2026-03-14 09:05:07 09:05 03/14/26 09:05:07 AM")]
    [InlineData("{{ \"now\" | date: \"%c\" }}", "Sat Mar 14 09:05:07 2026")]
    [InlineData("{% if word <> \"x\" %}yes{% endif %}", "yes")]
    [InlineData("{{ }}x", "x")]
    [InlineData("a {%- raw -%} {{x}} {%- endraw -%} b", "a {{x}} b")]
    [InlineData("{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ j }} {% endfor %}{% endfor %}", "11 12 21 22 ")]
    [InlineData("plain { text } 100 %}", "plain { text } 100 %}")]
    [InlineData("{\"a\": {\"b\": {\"c\": \"{{word}}\"}}}", "{\"a\": {\"b\": {\"c\": \"relais\"}}}")]
    public void Studio_takes_this(string template, string text)
    {
        LiquidText.Problem(template).ShouldBeNull();
        LiquidText.Render(template, Context, Limits).ShouldBe(new LiquidResult(text, null));
    }

    [Theory]
    [InlineData("{{ a + b }}", "“+ b” was not expected in “a + b”.")]
    [InlineData("{% if word %}x", "{% if %} is never closed.")]
    [InlineData("{% endif %}", "There is no tag “endif” here.")]
    [InlineData("{% include \"x\" %}", "There is no tag “include” here.")]
    [InlineData("{{ word | }}", "“word |” ends too early.")]
    [InlineData("{{ \"a }}", "A quote is not closed in “\"a”.")]
    [InlineData("{{ word.. }}", "“..” was not expected in “word..”.")]
    [InlineData("{% for i on list %}{% endfor %}", "“on list” was not expected in “i on list”.")]
    [InlineData("{% for i in list size: 3 %}{% endfor %}", "“size” says nothing to a loop: offset, limit and reversed do.")]
    public void A_broken_text_is_empty_and_says_why(string template, string problem)
    {
        LiquidText.Problem(template).ShouldBe(problem);
        LiquidText.Render("Bonjour " + template, Context, Limits).ShouldBe(new LiquidResult("", problem));
    }

    [Fact]
    public void An_unknown_filter_is_passed_over_and_said()
    {
        LiquidText.Problem("{{ word | shout }}").ShouldBe("No filter is named “shout”; it will be passed over.");
        LiquidText.Render("{{ word | shout | upcase }}", Context, Limits).Text.ShouldBe("RELAIS");
    }

    [Fact]
    public void A_loop_takes_fifteen_items_as_studio_does()
    {
        LiquidText.Render("{% for i in many %}{{ i }} {% endfor %}", Context, Limits)
            .ShouldBe(new LiquidResult("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 ", "A loop over “many” has 20 items; only the first 15 were taken."));
        LiquidText.Render("{% for i in (1..1000000000) %}{{ i }}{% endfor %}", Context, Limits with { LoopItems = 3 }).Text.ShouldBe("123");
    }

    [Fact]
    public void A_plain_text_is_returned_as_it_is()
    {
        var text = "Bonjour { monde }";
        ReferenceEquals(LiquidText.Render(text, Context, Limits).Text, text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{% assign a = \"0123456789\" %}{% for i in many %}{% for j in many %}{% assign a = a | append: a %}{% endfor %}{% endfor %}{{ a }}")]
    [InlineData("{% for a in many %}{% for b in many %}{% for c in many %}{% for d in many %}{% for e in many %}.{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% capture a %}{% for i in many %}{% for j in many %}{% for k in many %}0123456789{% endfor %}{% endfor %}{% endfor %}{% endcapture %}{{ a | replace: \"0\", a | replace: \"1\", a | size }}")]
    [InlineData("{{ \"now\" | date: \"%99999999d\" | size }}{% for i in many %}{{ (1..999999999) | join: word }}{% for i in many %}{{ (1..999999999) | join: word }}{% endfor %}{% endfor %}")]
    public void A_greedy_text_is_stopped(string template)
    {
        var watch = Stopwatch.StartNew();
        var result = LiquidText.Render(template, Context, Limits);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        result.Problem.ShouldNotBeNull();
        result.Text.Length.ShouldBeLessThanOrEqualTo(65_536);
    }

    [Fact]
    public void Deep_nesting_is_a_problem_and_no_crash()
    {
        foreach (var template in (string[])
                 [
                     string.Concat(Enumerable.Repeat("{% if word %}", 5000)), "{{ a" + new string('[', 50_000),
                     "{{ " + new string('(', 50_000), "{% if " + string.Concat(Enumerable.Repeat("not ", 50_000)) + "word %}{% endif %}",
                     "{% if a" + string.Concat(Enumerable.Repeat(" or a", 50_000)) + " %}{% endif %}",
                     "{{ a" + string.Concat(Enumerable.Repeat(" | upcase", 50_000)) + " }}",
                 ])
        {
            LiquidText.Render(template, Context, Limits).Text.ShouldBe("");
        }
    }

    /// <summary>Real texts of real flows and all reference cases, cut, doubled and mixed at random: nothing throws, nothing runs away.</summary>
    [Fact]
    public void Whatever_the_text_nothing_throws()
    {
        var random = new Random(7);
        var cases = (JsonObject)JsonNode.Parse(Payload.Text("liquid", "cases.json"))!;
        var context = (JsonObject)cases["context"]!;
        string[] seeds =
        [
            .. cases["cases"]!.AsArray().Select(c => (string)c!["template"]!),
            "{{widgets.get-datetime-parts.parsed.readable_datetime}}", "{{flow.data.appointment_datetime}}", "{{flow.variables.CUSTOMER_NAME}}",
            "{\"type\":\"inbound\",\"name\":\"{{contact.channel.address}}\"}",
        ];
        for (var i = 0; i < 20_000; i++)
        {
            var text = seeds[random.Next(seeds.Length)];
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length + 1);
                var other = seeds[random.Next(seeds.Length)];
                text = random.Next(5) switch
                {
                    0 => text[..at],
                    1 => text[..at] + "{}%|.[]()\"':,- \n\\"[random.Next(17)] + text[at..],
                    2 => text.Remove(random.Next(text.Length), 0) + other,
                    3 => text[..at] + other + text[at..],
                    _ => text.Length > 2 ? text.Remove(Math.Min(at, text.Length - 2), 1) : other,
                };
                text = text.Length == 0 ? other : text;
            }

            LiquidText.Render(text, context, Limits).Text.Length.ShouldBeLessThanOrEqualTo(65_536, text);
            LiquidText.Problem(text);
        }
    }
}
