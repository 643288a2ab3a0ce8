using System.Globalization;

namespace Relais.Engine.Flows.Liquid;

/// <summary>Reads the inside of one tag from left to right.</summary>
internal sealed class LiquidReader(string text, List<string> unknownFilters)
{
    private const int DeepestPath = 16, MostFilters = 64;
    private int _at;
    private int _depth;

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _at >= text.Length;
        }
    }

    public string Rest => text[Math.Min(_at, text.Length)..].Trim();

    public LiquidSyntaxException Unexpected() =>
        new(IsAtEnd ? $"“{Short(text)}” ends too early." : $"“{Short(text[_at..])}” was not expected in “{Short(text)}”.");

    /// <summary>Expression and filters: <c>a.b | upcase | append: "x"</c>.</summary>
    public LiquidExpression FilteredValue()
    {
        var value = LiquidConditions.Read(this);
        for (var filters = 0; Takes("|"); filters++)
        {
            if (filters == MostFilters)
            {
                throw new LiquidSyntaxException($"A value has more than {MostFilters} filters.");
            }

            if (IsAtEnd)
            {
                throw Unexpected();
            }

            value = Filter(value);
        }

        return value;
    }

    private LiquidExpression Filter(LiquidExpression input)
    {
        var name = Word() ?? throw Unexpected();
        List<LiquidExpression> places = [];
        List<KeyValuePair<string, LiquidExpression>> names = [];
        if (Takes(":"))
        {
            while (!IsAtEnd && Peek() != '|')
            {
                var before = _at;
                if (Word() is { } key && Takes(":"))
                {
                    names.Add(new(key, Value() ?? throw Unexpected()));
                }
                else
                {
                    _at = before;
                    places.Add(Value() ?? throw Unexpected());
                }

                if (!Takes(","))
                {
                    break;
                }
            }
        }

        var filter = LiquidFilters.Find(name);
        if (filter is null)
        {
            unknownFilters.Add(name);
            return input;
        }

        return new LiquidFiltered(input, filter, [.. places], [.. names]);
    }

    /// <summary>A literal, a range or a path; null when there is none of them here.</summary>
    public LiquidExpression? Value()
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return null;
        }

        var c = text[_at];
        return c switch
        {
            '"' or '\'' => new LiquidLiteral(LiquidConstants.Quoted(text, ref _at) ?? throw new LiquidSyntaxException($"A quote is not closed in “{Short(text)}”.")),
            '(' => Range(),
            _ when char.IsAsciiDigit(c) || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])) => new LiquidLiteral(LiquidConstants.Number(text, ref _at)),
            '[' => Path(null),
            _ when IsWordStart(c) => Path(Word()),
            _ => null,
        };
    }

    private LiquidRange Range()
    {
        _at++;
        Deepen();
        var low = Value() ?? throw Unexpected();
        if (!Takes(".."))
        {
            throw Unexpected();
        }

        var high = Value() ?? throw Unexpected();
        if (!Takes(")"))
        {
            throw Unexpected();
        }

        _depth--;
        return new LiquidRange(low, high);
    }

    private LiquidExpression Path(string? first)
    {
        if (first is not null && !IsPathSign() && LiquidLiteral.Named(first) is { } literal)
        {
            return literal;
        }

        var parts = new List<LiquidExpression>();
        if (first is not null)
        {
            parts.Add(new LiquidLiteral(first));
        }

        while (IsPathSign())
        {
            if (text[_at++] == '.')
            {
                parts.Add(new LiquidLiteral(Word() ?? throw Unexpected()));
                continue;
            }

            Deepen();
            parts.Add(Value() ?? throw Unexpected());
            if (!Takes("]"))
            {
                throw Unexpected();
            }

            _depth--;
        }

        return new LiquidPath([.. parts]);
    }

    private bool IsPathSign() => !IsAtEnd && (text[_at] == '[' || (text[_at] == '.' && (_at + 1 >= text.Length || text[_at + 1] != '.')));

    private void Deepen()
    {
        if (++_depth > DeepestPath)
        {
            throw new LiquidSyntaxException($"“{Short(text)}” is nested too deeply.");
        }
    }

    /// <summary>A name: letters of any script, digits, _ and the hyphens that Studio's widgets have; null when there is none here.</summary>
    public string? Word()
    {
        SkipBlanks();
        var from = _at;
        while (_at < text.Length && IsWordPart(text[_at]))
        {
            _at++;
        }

        if (_at > from && _at < text.Length && text[_at] == '?')
        {
            _at++;
        }

        return _at > from ? text[from.._at] : null;
    }

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_' || char.IsSurrogate(c);

    private static bool IsWordPart(char c) => IsWordStart(c) || char.IsDigit(c) || c == '-' || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    /// <summary>Takes a word or a sign if it stands here.</summary>
    public bool Takes(string sign)
    {
        SkipBlanks();
        if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0
            || (char.IsAsciiLetter(sign[0]) && _at + sign.Length < text.Length && IsWordPart(text[_at + sign.Length])))
        {
            return false;
        }

        _at += sign.Length;
        return true;
    }

    private char Peek() => IsAtEnd ? '\0' : text[_at];

    private void SkipBlanks()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '\u200B'))
        {
            _at++;
        }
    }

    private static string Short(string part) => part.Length <= 40 ? part : part[..40] + "…";
}
