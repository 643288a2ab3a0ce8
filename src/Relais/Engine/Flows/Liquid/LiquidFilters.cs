using System.Collections.Frozen;

namespace Relais.Engine.Flows.Liquid;

/// <summary>What stands behind a bar: makes a new value of the one before it. Never throws.</summary>
internal delegate object? LiquidFilter(object? input, LiquidArguments arguments);

/// <summary>What stands behind the colon of a filter.</summary>
internal readonly struct LiquidArguments(LiquidRun run, object?[] places, KeyValuePair<string, LiquidExpression>[] names)
{
    public LiquidRun Run { get; } = run;

    public int Count => places.Length;

    public object? this[int place] => place < places.Length ? places[place] : null;

    public string Text(int place) => LiquidValue.Text(this[place], Run);

    public double Number(int place) => LiquidNumber.Of(this[place]);

    public object? Named(string name)
    {
        foreach (var (key, value) in names)
        {
            if (key == name)
            {
                return value.Value(Run);
            }
        }

        return null;
    }
}

/// <summary>All filters by name: those of the reference implementation, and Studio's to_json.</summary>
internal static class LiquidFilters
{
    private static readonly FrozenDictionary<string, LiquidFilter> All =
        LiquidTextFilters.All.Concat(LiquidWebFilters.All).Concat(LiquidNumberFilters.All).Concat(LiquidListFilters.All).Concat(LiquidDateFilters.All)
            .Concat(new Dictionary<string, LiquidFilter>
            {
                ["default"] = Default,
                ["json"] = Json,
                ["to_json"] = Json,
                ["jsonify"] = Json,
                ["inspect"] = Json,
                ["raw"] = (input, _) => input,
            })
            .ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static LiquidFilter? Find(string name) => All.GetValueOrDefault(name);

    private static object? Default(object? input, LiquidArguments arguments) =>
        input is false && LiquidValue.IsTrue(arguments.Named("allow_false")) ? false
        : input is null or false || LiquidValue.IsVoid(input) ? arguments[0]
        : input;

    private static object? Json(object? input, LiquidArguments arguments) => LiquidJson.Text(input, arguments.Run);
}
