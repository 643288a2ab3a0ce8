using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Liquid;

/// <summary>
/// Something that has a value: null, bool, double, string, <see cref="JsonObject"/>, <see cref="JsonArray"/>, a list of these,
/// <see cref="LiquidForLoop"/>, or one of the words <c>empty</c> and <c>blank</c>.
/// </summary>
internal abstract record LiquidExpression
{
    public abstract object? Value(LiquidRun run);
}

internal sealed record LiquidLiteral(object? Constant) : LiquidExpression
{
    /// <summary>What only equals things that have nothing in them.</summary>
    public static readonly object Empty = new();

    /// <summary>Empty, or only blanks, or false, or nothing at all.</summary>
    public static readonly object Blank = new();

    public static LiquidLiteral? Named(string word) => word switch
    {
        "true" => new LiquidLiteral(true),
        "false" => new LiquidLiteral(false),
        "nil" or "null" => new LiquidLiteral((object?)null),
        "empty" => new LiquidLiteral(Empty),
        "blank" => new LiquidLiteral(Blank),
        _ => null,
    };

    public override object? Value(LiquidRun run) => Constant;
}

/// <summary><c>widgets.ask.inbound["Body"][0]</c>.</summary>
internal sealed record LiquidPath(LiquidExpression[] Parts) : LiquidExpression
{
    public override object? Value(LiquidRun run)
    {
        var value = run.Variable(LiquidValue.Text(Parts[0].Value(run)));
        for (var i = 1; i < Parts.Length && value is not null && run.Step(); i++)
        {
            value = LiquidValue.Property(value, Parts[i].Value(run));
        }

        return value;
    }
}

/// <summary><c>(1..n)</c>, both ends included.</summary>
internal sealed record LiquidRange(LiquidExpression Low, LiquidExpression High) : LiquidExpression
{
    /// <summary>More than any loop or text here can use.</summary>
    private const int Longest = 1000;

    public override object? Value(LiquidRun run)
    {
        var low = Math.Ceiling(LiquidNumber.Of(Low.Value(run)));
        var high = LiquidNumber.Of(High.Value(run));
        var numbers = new List<object?>();
        for (var n = low; n <= high && numbers.Count < Longest && run.Afford(8); n++)
        {
            numbers.Add(n);
        }

        return numbers;
    }
}

internal sealed record LiquidComparison(LiquidExpression Left, string Sign, LiquidExpression Right) : LiquidExpression
{
    public override object? Value(LiquidRun run)
    {
        run.Step();
        var left = Left.Value(run);
        var right = Right.Value(run);
        return Sign switch
        {
            "==" => LiquidValue.AreEqual(left, right),
            "!=" or "<>" => !LiquidValue.AreEqual(left, right),
            "contains" => LiquidValue.Contains(left, right),
            "<" => LiquidValue.Compare(left, right) < 0,
            "<=" => LiquidValue.Compare(left, right) <= 0,
            ">" => LiquidValue.Compare(left, right) > 0,
            _ => LiquidValue.Compare(left, right) >= 0,
        };
    }
}

internal sealed record LiquidNot(LiquidExpression Part) : LiquidExpression
{
    public override object? Value(LiquidRun run) => !LiquidValue.IsTrue(Part.Value(run));
}

/// <summary>Joined from the right.</summary>
/// <param name="Parts">Comparisons and values.</param>
/// <param name="AreAnd">Between each two: and, or else or.</param>
internal sealed record LiquidJoined(LiquidExpression[] Parts, bool[] AreAnd) : LiquidExpression
{
    public override object? Value(LiquidRun run)
    {
        var holds = LiquidValue.IsTrue(Parts[^1].Value(run));
        for (var i = Parts.Length - 2; i >= 0; i--)
        {
            var left = LiquidValue.IsTrue(Parts[i].Value(run));
            holds = AreAnd[i] ? left && holds : left || holds;
        }

        return holds;
    }
}

internal sealed record LiquidFiltered(
    LiquidExpression Input, LiquidFilter Filter, LiquidExpression[] Places, KeyValuePair<string, LiquidExpression>[] Names) : LiquidExpression
{
    public override object? Value(LiquidRun run)
    {
        var input = Input.Value(run);
        // What goes in is paid for too: a filter reads all of it, whatever comes out.
        if (!run.Step() || !run.Afford(input is string given ? given.Length / 16 : LiquidValue.IsList(input) ? LiquidValue.Count(input) : 0))
        {
            return null;
        }

        var values = Places.Length == 0 ? [] : new object?[Places.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Places[i].Value(run);
        }

        var made = Filter(input, new LiquidArguments(run, values, Names));
        return made is not string text || run.Afford(text.Length) ? made : null;
    }
}
