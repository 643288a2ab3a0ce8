namespace Relais.Engine.Flows.Liquid;

/// <summary>Comparisons joined by and/or, which Liquid reads from the right: <c>a or b and c</c> is <c>a or (b and c)</c>, and so is <c>a and b or c</c>.</summary>
internal static class LiquidConditions
{
    private const int Most = 64;
    private static readonly string[] Signs = ["==", "!=", "<>", "<=", ">=", "<", ">", "contains"];

    public static LiquidExpression Read(LiquidReader reader)
    {
        var parts = new List<LiquidExpression>();
        var joins = new List<bool>();
        while (true)
        {
            parts.Add(Comparison(reader, 0));
            if (reader.Takes("and"))
            {
                joins.Add(true);
            }
            else if (reader.Takes("or"))
            {
                joins.Add(false);
            }
            else
            {
                return parts.Count == 1 ? parts[0] : new LiquidJoined([.. parts], [.. joins]);
            }

            if (parts.Count > Most)
            {
                throw new LiquidSyntaxException($"A condition has more than {Most} parts.");
            }
        }
    }

    private static LiquidExpression Comparison(LiquidReader reader, int negations)
    {
        if (reader.Takes("not"))
        {
            return negations < Most ? new LiquidNot(Comparison(reader, negations + 1)) : throw reader.Unexpected();
        }

        var left = reader.Value() ?? throw reader.Unexpected();
        foreach (var sign in Signs)
        {
            if (reader.Takes(sign))
            {
                return new LiquidComparison(left, sign, reader.Value() ?? throw reader.Unexpected());
            }
        }

        return left;
    }
}
