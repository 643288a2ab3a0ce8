namespace Relais.Engine.Flows.Liquid;

/// <summary>
/// join, map, sort, where … None of them puts a list into a list (liquidjs's push and group_by would), so what they make is as flat as what
/// they were given, and nothing that walks it can run away.
/// </summary>
internal static class LiquidListFilters
{
    public static readonly Dictionary<string, LiquidFilter> All = new(StringComparer.Ordinal)
    {
        ["join"] = Join,
        ["first"] = (v, _) => v is string text ? text.Length > 0 ? text[..1] : null : LiquidValue.IsList(v) ? LiquidValue.Property(v, "first") : "",
        ["last"] = (v, _) => v is string text ? text.Length > 0 ? text[^1..] : null : LiquidValue.IsList(v) ? LiquidValue.Property(v, "last") : "",
        ["size"] = (v, _) => v is string text ? (double)text.Length : LiquidValue.IsList(v) ? (double)LiquidValue.List(v).Count : 0d,
        ["reverse"] = (v, a) => Listed(a, Items(v).Reverse()),
        ["compact"] = (v, a) => Listed(a, Items(v).Where(i => i is not null)),
        ["concat"] = (v, a) => Listed(a, Items(v).Concat(Items(a[0]))),
        ["pop"] = (v, a) => Listed(a, Items(v).SkipLast(1)),
        ["shift"] = (v, a) => Listed(a, Items(v).Skip(1)),
        ["uniq"] = (v, a) => Listed(a, Items(v).Distinct()),
        ["map"] = (v, a) => Listed(a, Items(v).Select(i => Field(i, a.Text(0)))),
        ["sum"] = (v, a) => Items(v).Sum(i => LiquidNumber.Of(a.Count > 0 ? Field(i, a.Text(0)) : i)),
        ["sort"] = (v, a) => Sorted(v, a, LiquidOrder.Plain),
        ["sort_natural"] = (v, a) => Sorted(v, a, LiquidOrder.Natural),
        ["where"] = (v, a) => Listed(a, Items(v).Where(i => Fits(i, a))),
        ["reject"] = (v, a) => Listed(a, Items(v).Where(i => !Fits(i, a))),
        ["has"] = (v, a) => Items(v).Any(i => Fits(i, a)),
        ["find"] = (v, a) => Items(v).FirstOrDefault(i => Fits(i, a)),
        ["find_index"] = (v, a) => Items(v).Select((i, at) => (i, at)).Where(p => Fits(p.i, a)).Select(p => (object?)(double)p.at).FirstOrDefault(),
        ["slice"] = Slice,
        ["array_to_sentence_string"] = Sentence,
    };

    private static IReadOnlyList<object?> Items(object? value) => LiquidValue.List(value);

    private static List<object?> Listed(LiquidArguments arguments, IEnumerable<object?> items)
    {
        var list = items.ToList();
        return arguments.Run.Afford(list.Count * 8L) ? list : [];
    }

    /// <summary>a.b of an item.</summary>
    private static object? Field(object? item, string path) =>
        path.Split('.').Aggregate(item, LiquidValue.Property);

    private static bool Fits(object? item, LiquidArguments arguments)
    {
        var value = Field(item, arguments.Text(0));
        return arguments.Run.Step() && (arguments.Count > 1 ? LiquidValue.AreEqual(value, arguments[1]) : LiquidValue.IsTrue(value));
    }

    private static string Join(object? value, LiquidArguments arguments)
    {
        var items = Items(value);
        var sign = arguments[0] is null ? " " : arguments.Text(0);
        return LiquidValue.Joined(items, sign);
    }

    private static List<object?> Sorted(object? value, LiquidArguments arguments, IComparer<object?> order)
    {
        var run = arguments.Run;
        var path = arguments.Text(0);
        var items = Items(value);
        return run.Afford(items.Count * 8L)
            ? [.. items.OrderBy(i => path.Length > 0 ? Field(i, path) : i, order)] // stable, as the reference is
            : [];
    }

    private static object? Slice(object? value, LiquidArguments arguments)
    {
        var start = LiquidNumber.Whole(arguments[0]);
        var length = arguments.Count > 1 ? LiquidNumber.Whole(arguments[1]) : 1;
        if (value is null)
        {
            return new List<object?>();
        }

        var list = LiquidValue.IsList(value) ? Items(value) : null;
        var text = list is null ? LiquidValue.Text(value, arguments.Run) : "";
        start = start < 0 ? (list?.Count ?? LiquidTextFilters.Length(text)) + start : start;
        if (start < 0 || length < 0)
        {
            return list is null ? "" : new List<object?>();
        }

        var from = LiquidTextFilters.Position(text, start);
        return list is null ? text.Substring(from, LiquidTextFilters.Position(text[from..], length)) : list.Skip(start).Take(length).ToList();
    }

    private static object? Sentence(object? value, LiquidArguments arguments)
    {
        var words = Items(value).Select(i => LiquidValue.Text(i)).ToList();
        var and = arguments.Count > 0 ? arguments.Text(0) : "and";
        return words.Count switch
        {
            0 => "",
            1 => words[0],
            2 => $"{words[0]} {and} {words[1]}",
            _ => $"{string.Join(", ", words.SkipLast(1))}, {and} {words[^1]}",
        };
    }
}

/// <summary>The order of sort and sort_natural: what is missing comes last, what cannot be compared stays.</summary>
internal sealed class LiquidOrder(bool isNatural) : IComparer<object?>
{
    public static readonly LiquidOrder Plain = new(false);
    public static readonly LiquidOrder Natural = new(true);

    public int Compare(object? x, object? y) =>
        x is null || y is null ? (x is null ? 1 : 0) - (y is null ? 1 : 0)
        : isNatural ? string.CompareOrdinal(LiquidValue.Text(x).ToLowerInvariant(), LiquidValue.Text(y).ToLowerInvariant())
        : Math.Sign(LiquidValue.Compare(x, y) ?? 0);
}
