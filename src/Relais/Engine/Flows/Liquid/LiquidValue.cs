using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Liquid;

/// <summary>What values are to Liquid: which are true, equal, numbers; what they look like. Numbers are those of JavaScript, as in the reference.</summary>
internal static class LiquidValue
{
    private const int LongestJoined = 1 << 20;

    public static object? Of(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return node;
        }

        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                return value.GetValue<string>();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number:
                var written = value.ToJsonString();
                var number = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
                // Ids of providers are longer than a double can hold: they stay as they were written.
                return Math.Abs(number) >= 9_007_199_254_740_992 && written.All(char.IsAsciiDigit) ? written : number;
            default:
                return null;
        }
    }

    /// <summary>Everything but nil and false, as Liquid has it: 0 and "" are true.</summary>
    public static bool IsTrue(object? value) => value is not (null or false);

    public static bool IsEmpty(object? value) => value switch
    {
        string text => text.Length == 0,
        JsonArray array => array.Count == 0,
        JsonObject json => json.Count == 0,
        IReadOnlyList<object?> list => list.Count == 0,
        _ => false,
    };

    /// <summary>An empty text or list, or the words empty and blank: what "default" replaces beside nil and false. Not an empty object.</summary>
    public static bool IsVoid(object? value) => IsWord(value) || (value is string || IsList(value)) && IsEmpty(value);

    public static bool AreEqual(object? left, object? right)
    {
        if (IsWord(left) || IsWord(right))
        {
            var (word, other) = IsWord(left) ? (left, right) : (right, left);
            return !IsWord(other) && (IsEmpty(other)
                || (ReferenceEquals(word, LiquidLiteral.Blank) && (other is null or false || (other is string text && string.IsNullOrWhiteSpace(text)))));
        }

        if (IsList(left) && IsList(right))
        {
            var (first, second) = (List(left), List(right));
            return first.Count == second.Count && first.Zip(second).All(p => AreEqual(p.First, p.Second));
        }

        return Equals(left, right);
    }

    private static bool IsWord(object? value) => ReferenceEquals(value, LiquidLiteral.Empty) || ReferenceEquals(value, LiquidLiteral.Blank);

    public static bool Contains(object? left, object? right) => left switch
    {
        string text => right is not null && text.Contains(Text(right), StringComparison.Ordinal),
        _ when IsList(left) => List(left).Any(item => AreEqual(item, right)),
        _ => false,
    };

    /// <summary>Less than 0, 0, more than 0; null when the two cannot be compared (then no comparison holds).</summary>
    public static double? Compare(object? left, object? right)
    {
        if (left is null || right is null || IsWord(left) || IsWord(right))
        {
            return null;
        }

        if (left is string a && right is string b)
        {
            return string.CompareOrdinal(a, b);
        }

        return LiquidNumber.Read(left) is { } x && LiquidNumber.Read(right) is { } y ? x.CompareTo(y) : null;
    }

    public static bool IsList(object? value) => value is JsonArray or IReadOnlyList<object?>;

    /// <summary>Items of a list.</summary>
    public static int Count(object? list) => list is JsonArray array ? array.Count : ((IReadOnlyList<object?>)list!).Count;

    /// <summary>A list as it is, nothing as an empty one, anything else as its only item.</summary>
    public static IReadOnlyList<object?> List(object? value) => value switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        JsonArray array => [.. array.Select(Of)],
        _ => [value],
    };

    /// <summary>What a loop goes over: the pairs of an object, nothing of a number or an empty text.</summary>
    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        _ when IsList(value) => List(value),
        string text => text.Length > 0 ? [text] : [],
        JsonObject json => [.. json.Select(p => (object?)new List<object?> { p.Key, Of(p.Value) })],
        _ => [],
    };

    /// <summary>Items from start to end; counted from the end when negative, as JavaScript's slice has it.</summary>
    public static IReadOnlyList<object?> Part(IReadOnlyList<object?> list, int start, int end)
    {
        start = Math.Clamp(start < 0 ? list.Count + start : start, 0, list.Count);
        end = Math.Clamp(end < 0 ? list.Count + end : end, 0, list.Count);
        return start == 0 && end == list.Count ? list : [.. list.Skip(start).Take(Math.Max(end - start, 0))];
    }

    public static object? Property(object? value, object? key)
    {
        switch (value)
        {
            case LiquidForLoop loop:
                return loop.Property(Text(key));
            case JsonObject json:
                return json.TryGetPropertyValue(Text(key), out var node) ? Of(node) : key is "size" ? (double)json.Count : null;
            case string text:
                return key switch
                {
                    "size" => (double)text.Length,
                    double place when place >= 0 && place < text.Length && place == Math.Floor(place) => text[(int)place].ToString(),
                    _ => null,
                };
        }

        if (!IsList(value))
        {
            return null;
        }

        var count = Count(value);
        var at = key switch
        {
            "size" => -1,
            "first" => 0,
            "last" => count - 1,
            double number when number == Math.Floor(number) && Math.Abs(number) <= count => (int)number < 0 ? count + (int)number : (int)number,
            string digits when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index,
            _ => -1,
        };
        return key is "size" ? (double)count
            : at < 0 || at >= count ? null
            : value is JsonArray nodes ? Of(nodes[at]) : ((IReadOnlyList<object?>)value!)[at];
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        double number => LiquidNumber.Text(number),
        JsonObject json => LiquidJson.Text(json),
        _ when IsList(value) => Joined(List(value), ""),
        _ => "",
    };

    /// <summary>Cut where no text may go on: a list may hold a long text many times.</summary>
    public static string Joined(IReadOnlyList<object?> items, string sign)
    {
        var text = new StringBuilder();
        for (var i = 0; i < items.Count && text.Length < LongestJoined; i++)
        {
            text.Append(i > 0 ? sign : "").Append(Text(items[i]));
        }

        return text.ToString();
    }

    /// <summary>As above, counted against what a run may use.</summary>
    public static string Text(object? value, LiquidRun run)
    {
        var text = Text(value);
        return value is string || run.Afford(text.Length) ? text : "";
    }
}
