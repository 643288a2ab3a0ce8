namespace Relais.Engine.Flows.Liquid;

/// <summary>Reads a template. What cannot be read is a problem with a sentence, never an exception to the caller.</summary>
internal sealed class LiquidParser
{
    private const int Deepest = 40;
    private readonly List<LiquidToken> _tokens;
    private readonly List<string> _unknownFilters = [];
    private int _at;
    private int _depth;

    private LiquidParser(List<LiquidToken> tokens) => _tokens = tokens;

    public static LiquidTemplate Parse(string template)
    {
        var parser = new LiquidParser(LiquidLexer.Cut(template));
        try
        {
            var nodes = parser.Body("", []);
            var warning = parser._unknownFilters.Count == 0 ? null : $"No filter is named “{parser._unknownFilters[0]}”; it will be passed over.";
            return new LiquidTemplate(nodes, null, warning);
        }
        catch (LiquidSyntaxException e)
        {
            return new LiquidTemplate([], e.Message, null);
        }
    }

    public LiquidReader Read(string text) => new(text, _unknownFilters);

    /// <summary>Nodes up to one of the tags that end or divide a block.</summary>
    /// <param name="block">The tag that was opened, for the sentence when it is never closed; "" at the top.</param>
    /// <param name="ends">endif, else …; empty at the top.</param>
    public List<LiquidNode> Body(string block, ReadOnlySpan<string> ends)
    {
        if (++_depth > Deepest)
        {
            throw new LiquidSyntaxException($"Blocks are nested more than {Deepest} deep.");
        }

        var nodes = new List<LiquidNode>();
        for (; _at < _tokens.Count; _at++)
        {
            var (kind, text) = _tokens[_at];
            if (kind == LiquidTokenKind.Text)
            {
                nodes.Add(new LiquidWords(text));
            }
            else if (kind == LiquidTokenKind.Output)
            {
                if (text.Length > 0)
                {
                    nodes.Add(new LiquidOutput(Whole(text)));
                }
            }
            else
            {
                var (word, rest) = Split(text);
                if (ends.Contains(word))
                {
                    _depth--;
                    return nodes;
                }

                _at++;
                if (word == "liquid")
                {
                    // One tag a line.
                    _tokens.InsertRange(_at, rest.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(l => new LiquidToken(LiquidTokenKind.Tag, l)));
                }
                else if (LiquidTags.Read(this, word, rest) is { } node)
                {
                    nodes.Add(node);
                }

                _at--;
            }
        }

        _depth--;
        return block.Length == 0 ? nodes : throw new LiquidSyntaxException($"{{% {block} %}} is never closed.");
    }

    /// <summary>The tag a body ended at, and goes past it.</summary>
    public (string Word, string Text) TakeEnd() => Split(_tokens[_at++].Text);

    /// <summary>A value that fills the whole text.</summary>
    public LiquidExpression Whole(string text)
    {
        var reader = Read(text);
        var value = reader.FilteredValue();
        return reader.IsAtEnd ? value : throw reader.Unexpected();
    }

    private static (string Word, string Text) Split(string tag)
    {
        if (tag.StartsWith('#'))
        {
            return ("#", "");
        }

        var end = 0;
        while (end < tag.Length && (char.IsAsciiLetterOrDigit(tag[end]) || tag[end] == '_'))
        {
            end++;
        }

        return (tag[..end], tag[end..].Trim());
    }
}
