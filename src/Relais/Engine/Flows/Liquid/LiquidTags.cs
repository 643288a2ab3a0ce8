namespace Relais.Engine.Flows.Liquid;

/// <summary>Reads what stands in {% … %}, with the blocks it opens.</summary>
internal static class LiquidTags
{
    /// <returns>Null for tags that do nothing.</returns>
    public static LiquidNode? Read(LiquidParser parser, string word, string rest) => word switch
    {
        "if" => If(parser, parser.Whole(rest), "if"),
        "unless" => If(parser, new LiquidNot(parser.Whole(rest)), "unless"),
        "case" => Case(parser, parser.Whole(rest)),
        "for" => For(parser, rest),
        "assign" => Assign(parser, rest),
        "capture" => Capture(parser, rest),
        "increment" => new LiquidCounter(Name(parser, rest), 1),
        "decrement" => new LiquidCounter(Name(parser, rest), -1),
        "echo" => rest.Length == 0 ? null : new LiquidOutput(parser.Whole(rest)),
        "cycle" => Cycle(parser, rest),
        "break" => new LiquidLeave(true),
        "continue" => new LiquidLeave(false),
        "comment" => Comment(parser),
        "#" => null,
        _ => throw new LiquidSyntaxException(word.Length == 0 ? "A tag has no name." : $"There is no tag “{word}” here."),
    };

    private static LiquidIf If(LiquidParser parser, LiquidExpression condition, string word)
    {
        var branches = new List<(LiquidExpression?, IReadOnlyList<LiquidNode>)>();
        LiquidExpression? current = condition;
        while (true)
        {
            var body = parser.Body(word, current is null ? ["end" + word] : ["elsif", "else", "end" + word]);
            branches.Add((current, body));
            var (end, rest) = parser.TakeEnd();
            if (end == "end" + word)
            {
                return new LiquidIf(branches);
            }

            current = end == "elsif" ? parser.Whole(rest) : null;
        }
    }

    private static LiquidCase Case(LiquidParser parser, LiquidExpression subject)
    {
        var branches = new List<(IReadOnlyList<LiquidExpression>, IReadOnlyList<LiquidNode>)>();
        List<LiquidNode>? otherwise = null;
        // What stands before the first "when" is never shown.
        parser.Body("case", ["when", "else", "endcase"]);
        while (true)
        {
            var (word, rest) = parser.TakeEnd();
            if (word == "endcase")
            {
                return new LiquidCase(subject, branches, otherwise ?? []);
            }

            var values = word == "when" ? Values(parser, rest) : null;
            var body = parser.Body("case", ["when", "else", "endcase"]);
            if (values is null)
            {
                otherwise ??= body;
            }
            else if (otherwise is null)
            {
                branches.Add((values, body));
            }
        }
    }

    private static List<LiquidExpression> Values(LiquidParser parser, string rest)
    {
        var reader = parser.Read(rest);
        List<LiquidExpression> values = [reader.Value() ?? throw reader.Unexpected()];
        while (reader.Takes(",") || reader.Takes("or"))
        {
            values.Add(reader.Value() ?? throw reader.Unexpected());
        }

        return reader.IsAtEnd ? values : throw reader.Unexpected();
    }

    private static LiquidLoop For(LiquidParser parser, string rest)
    {
        var reader = parser.Read(rest);
        var name = reader.Word() ?? throw reader.Unexpected();
        if (!reader.Takes("in"))
        {
            throw reader.Unexpected();
        }

        var before = reader.Rest;
        var list = reader.Value() ?? throw reader.Unexpected();
        var source = before[..(before.Length - reader.Rest.Length)].Trim();
        LiquidExpression? offset = null, limit = null;
        var (continues, isReversed) = (false, false);
        while (!reader.IsAtEnd)
        {
            reader.Takes(",");
            var option = reader.Word() ?? throw reader.Unexpected();
            switch (option)
            {
                case "reversed":
                    isReversed = true;
                    break;
                case "offset" when reader.Takes(":"):
                    continues = reader.Takes("continue");
                    offset = continues ? null : reader.Value() ?? throw reader.Unexpected();
                    break;
                case "limit" when reader.Takes(":"):
                    limit = reader.Value() ?? throw reader.Unexpected();
                    break;
                default:
                    throw new LiquidSyntaxException($"“{option}” says nothing to a loop: offset, limit and reversed do.");
            }
        }

        List<LiquidNode> body = parser.Body("for", ["else", "endfor"]), otherwise = [];
        if (parser.TakeEnd().Word == "else")
        {
            otherwise = parser.Body("for", ["endfor"]);
            parser.TakeEnd();
        }

        return new LiquidLoop(name, list, source, offset, continues, limit, isReversed, body, otherwise);
    }

    private static LiquidAssign Assign(LiquidParser parser, string rest)
    {
        var reader = parser.Read(rest);
        var name = reader.Word() ?? throw reader.Unexpected();
        if (!reader.Takes("="))
        {
            throw reader.Unexpected();
        }

        return new LiquidAssign(name, parser.Whole(reader.Rest));
    }

    private static LiquidCapture Capture(LiquidParser parser, string rest)
    {
        var name = Name(parser, rest.Trim('"', '\''));
        var body = parser.Body("capture", ["endcapture"]);
        parser.TakeEnd();
        return new LiquidCapture(name, body);
    }

    private static LiquidNode? Comment(LiquidParser parser)
    {
        // The lexer has taken those that are closed.
        parser.Body("comment", ["endcomment"]);
        parser.TakeEnd();
        return null;
    }

    private static LiquidCycle Cycle(LiquidParser parser, string rest)
    {
        var reader = parser.Read(rest);
        var first = reader.Value() ?? throw reader.Unexpected();
        var group = reader.Takes(":") ? first : null;
        List<LiquidExpression> values = [group is null ? first : reader.Value() ?? throw reader.Unexpected()];
        while (reader.Takes(","))
        {
            values.Add(reader.Value() ?? throw reader.Unexpected());
        }

        return reader.IsAtEnd ? new LiquidCycle(rest, group, values) : throw reader.Unexpected();
    }

    private static string Name(LiquidParser parser, string rest) => parser.Read(rest).Word() ?? throw parser.Read(rest).Unexpected();
}
