using System.Globalization;
using Relais.Foundation;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Relais.Engine.Simulations.Cases;

/// <summary>Reads cases from YAML: one a document, documents parted by "---". Strict; what is wrong is named with its line and field.</summary>
internal static class CaseReader
{
    public const int LongestName = 120;
    public const int MostCases = 1_000;

    private const int MostTurns = 50;
    private const int LongestMessage = 4_000;

    /// <summary>A case needs five; the parser's recursion must not be the reader's of somebody's file.</summary>
    private const int Deepest = 12;

    private static readonly string[] Languages = ["fr", "ar", "en"];
    private static readonly string[] Statuses = ["placed", "confirmed", "preparing", "shipped", "out_for_delivery", "delivered", "cancelled"];
    private static readonly string[] FileTypes = ["audio", "image", "video", "document", "sticker", "location", "contacts"];

    private static readonly HashSet<string> Reasons =
        [.. Enum.GetNames<HandoffReason>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>The cases of a file, each with its own part of it.</summary>
    /// <exception cref="CaseFormatException">Not YAML, or not cases; says which line and field.</exception>
    public static IReadOnlyList<SimulationCase> Read(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            Guard(yaml);
            using var text = new StringReader(yaml);
            stream.Load(text);
        }
        catch (YamlException e)
        {
            throw new CaseFormatException(e.Start.Line, "this is not YAML: " + ShortText.OneLine(e.InnerException?.Message ?? e.Message));
        }

        var cases = new List<SimulationCase>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in stream.Documents)
        {
            // A file may begin or end with "---".
            if (document.RootNode is YamlScalarNode { Value: null or "" })
            {
                continue;
            }

            var map = new YamlMap(document.RootNode, "");
            var read = Case(map);
            cases.Add(names.Add(read.Name) ? read : throw map.Wrong("name", $"“{read.Name}” is taken by another case of this file."));
        }

        return cases.Count is > 0 and <= MostCases ? cases
            : throw new CaseFormatException(1, cases.Count == 0 ? "there is no case here." : $"at most {MostCases} cases.");
    }

    /// <summary>Text that has exactly one case.</summary>
    /// <exception cref="CaseFormatException">Otherwise.</exception>
    public static SimulationCase One(string yaml) =>
        Read(yaml) is [var only] ? only : throw new CaseFormatException(1, "one case is wanted here, not several.");

    /// <summary>Looks at the events first: neither aliases nor depth may make reading dear.</summary>
    private static void Guard(string yaml)
    {
        using var text = new StringReader(yaml);
        var parser = new Parser(text);
        var depth = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias alias:
                    throw new CaseFormatException(alias.Start.Line, "aliases (*) are not read here; write it out.");
                case DocumentStart { Version: not null } or DocumentStart { Tags.Count: > 0, IsImplicit: false } when IsDirected((DocumentStart)parser.Current):
                    throw new CaseFormatException(parser.Current.Start.Line, "directives (%) are not read here.");
                case MappingStart or SequenceStart when ++depth > Deepest:
                    throw new CaseFormatException(parser.Current.Start.Line, "nested too deeply.");
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
            }
        }
    }

    /// <summary>The parser gives every document the two tags that YAML knows by itself.</summary>
    private static bool IsDirected(DocumentStart start) => start.Version is not null || start.Tags is { Count: > 2 };

    private static SimulationCase Case(YamlMap map)
    {
        var read = new SimulationCase(map.Needed("name", LongestName), map.Word("language", Languages) ?? throw map.Wrong("language", "is missing."))
        {
            Orders = Setup(map.Map("setup")),
            Turns = map.Maps("turns") is { } turns ? [.. turns.Select(Turn)] : [],
            Persona = Persona(map),
            Expect = Expect(map.Map("expect")),
        };
        map.Close();
        return read switch
        {
            { Turns.Count: 0, Persona: null } => throw map.Wrong("turns", "is missing: what the customer writes, or a persona."),
            { Turns.Count: > 0, Persona: not null } => throw map.Wrong("persona", "plays the customer alone: leave turns out."),
            { Turns.Count: > MostTurns } => throw map.Wrong("turns", $"may have at most {MostTurns} entries."),
            _ => read,
        };
    }

    private static CasePersona? Persona(YamlMap map)
    {
        var (words, goal, most) = (map.Text("persona", 2_000), map.Text("goal", 500), map.Number("max_turns", 1, 20));
        return words is not null ? new CasePersona(words, goal ?? throw map.Wrong("goal", "is missing: what the persona wants."), (int)(most ?? 6))
            : goal is null && most is null ? null
            : throw map.Wrong(goal is null ? "max_turns" : "goal", "belongs to a persona.");
    }

    private static List<CaseOrder>? Setup(YamlMap? setup)
    {
        var orders = setup?.Maps("orders")?.Select(Order).ToList();
        setup?.Close();
        return orders;
    }

    private static CaseOrder Order(YamlMap map)
    {
        var read = new CaseOrder(
            map.Needed("number", 64).ToUpperInvariant(), map.Word("status", Statuses) ?? throw map.Wrong("status", "is missing."),
            map.Flag("mine") ?? true, map.Text("carrier", 80),
            map.Text("expected_on", 10) is not { } day ? null
                : DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
                : throw map.Wrong("expected_on", "is a day such as 2026-11-24."),
            map.Number("total_minor", 0, 1_000_000_000_000), map.Text("currency", 3));
        map.Close();
        return read.TotalMinor is not null && read.Currency is null ? read with { Currency = "EUR" } : read;
    }

    private static CaseTurn Turn(YamlMap map)
    {
        var turn = new CaseTurn(
            map.Texts("customer", LongestMessage) ?? [], map.Text("tap", 200), map.Word("sends", FileTypes), Expect(map.Map("expect")));
        map.Close();
        return (turn.Messages.Count > 0, turn.Tap is not null, turn.Sends is not null) switch
        {
            (false, false, false) => throw new CaseFormatException(map.Line, "a turn has customer, tap or sends."),
            (true, true, _) or (_, true, true) => throw map.Wrong("tap", "stands alone: a tap is the whole turn."),
            _ => turn,
        };
    }

    private static Expectation Expect(YamlMap? map)
    {
        if (map is null)
        {
            return Expectation.Nothing;
        }

        var orders = map.Map("orders");
        var read = new Expectation
        {
            Tools = map.Texts("tools", 64),
            ToolsNot = map.Texts("tools_not", 64) ?? [],
            MustSay = map.Texts("must_say", 500) ?? [],
            MustNotSay = map.Texts("must_not_say", 500) ?? [],
            HandOff = HandOff(map),
            Language = map.Word("language", Languages),
            Silent = map.Flag("silent"),
            Orders = orders?.Names.ToDictionary(n => n.ToUpperInvariant(), n => orders.Word(n, Statuses)!, StringComparer.Ordinal) ?? [],
        };
        map.Close();
        return read;
    }

    private static HandOffExpected? HandOff(YamlMap map) => map.Text("handoff", 40) switch
    {
        null => null,
        "true" => new HandOffExpected(true, null),
        "false" => new HandOffExpected(false, null),
        { } reason when Reasons.Contains(reason) => new HandOffExpected(true, reason),
        { } other => throw map.Wrong("handoff", $"is true, false or a reason ({string.Join(", ", Reasons.Order(StringComparer.Ordinal))}), not {other}."),
    };
}
