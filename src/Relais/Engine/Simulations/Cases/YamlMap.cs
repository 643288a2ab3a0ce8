using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Relais.Engine.Simulations.Cases;

/// <summary>What is wrong with a file of cases, and where.</summary>
internal sealed class CaseFormatException(long line, string sentence) : FormatException($"Line {line}: {sentence}")
{
    public long Line { get; } = line;
}

/// <summary>A YAML mapping read strictly: every field is asked for by name, and one that nobody asked for is an error.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, YamlNode> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly string place;

    /// <param name="node">Must be a mapping.</param>
    /// <param name="place">What stands before the field's name in messages, such as "turns[2].".</param>
    public YamlMap(YamlNode node, string place)
    {
        this.place = place;
        Line = node.Start.Line;
        if (node is not YamlMappingNode map)
        {
            throw new CaseFormatException(Line, $"{(place.Length == 0 ? "the case" : place.TrimEnd('.'))} is a mapping (name: value).");
        }

        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? throw new CaseFormatException(key.Start.Line, "a field's name is a word.");
            fields[name] = value;
            lines[name] = key.Start.Line;
        }
    }

    public long Line { get; }

    public IEnumerable<string> Names => fields.Keys;

    public long LineOf(string field) => lines.GetValueOrDefault(field, Line);

    /// <summary>Text of a field; null when it is not there.</summary>
    public string? Text(string field, int longest)
    {
        if (Node(field) is not { } node)
        {
            return null;
        }

        return TextOf(node, field, longest);
    }

    public string Needed(string field, int longest) => Text(field, longest) ?? throw Wrong(field, "is missing.");

    /// <summary>A list of texts; one text alone counts as a list.</summary>
    public IReadOnlyList<string>? Texts(string field, int longest) => Node(field) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Children.Select((c, i) => TextOf(c, $"{field}[{i + 1}]", longest))],
        var one => [TextOf(one, field, longest)],
    };

    public bool? Flag(string field) => Text(field, 10) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw Wrong(field, $"is true or false, not {other}."),
    };

    public long? Number(string field, long least, long most) => Text(field, 20) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Wrong(field, $"is a whole number from {least} to {most}, not {text}.");

    public string? Word(string field, params IReadOnlyList<string> words) => Text(field, 60) is not { } text ? null
        : words.Contains(text) ? text : throw Wrong(field, $"is one of {string.Join(", ", words)}, not {text}.");

    public YamlMap? Map(string field) => Node(field) is { } node ? new YamlMap(node, $"{place}{field}.") : null;

    public IReadOnlyList<YamlMap>? Maps(string field) => Node(field) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Children.Select((c, i) => new YamlMap(c, $"{place}{field}[{i + 1}]."))],
        _ => throw Wrong(field, "is a list (lines that start with -)."),
    };

    /// <summary>To be called last: a field that nobody asked for is misspelled, or does not exist.</summary>
    public void Close()
    {
        if (fields.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } unknown)
        {
            throw new CaseFormatException(lines[unknown], $"{place}{unknown} is not a field; there are {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
        }
    }

    public CaseFormatException Wrong(string field, string sentence) => new(LineOf(field), $"{place}{field} {sentence}");

    private YamlNode? Node(string field)
    {
        asked.Add(field);
        return fields.GetValueOrDefault(field);
    }

    private string TextOf(YamlNode node, string field, int longest) => node switch
    {
        YamlScalarNode { Value: { } value } when value.Trim().Length > longest =>
            throw new CaseFormatException(node.Start.Line, $"{place}{field} may have at most {longest} characters; it has {value.Trim().Length}."),
        YamlScalarNode { Value: { } value } when value.Trim() is { Length: > 0 } text && !IsNull(node, text) => text,
        YamlScalarNode => throw new CaseFormatException(node.Start.Line, $"{place}{field} is empty."),
        _ => throw new CaseFormatException(node.Start.Line, $"{place}{field} is a text."),
    };

    private static bool IsNull(YamlNode node, string text) => text is "~" or "null" && node is YamlScalarNode { Style: ScalarStyle.Plain };
}
