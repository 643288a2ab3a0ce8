namespace Relais.Knowledge.Documents;

/// <summary>Where the reading of a document stands.</summary>
internal static class DocumentState
{
    public const string Waiting = "waiting";
    public const string Ready = "ready";
    public const string Failed = "failed";
}

/// <summary>What a document is made of.</summary>
internal static class DocumentFormat
{
    public const string Text = "text";
    public const string Markdown = "markdown";
    public const string Pdf = "pdf";
    public const string Url = "url";
}

/// <summary>How much a tenant may bring.</summary>
internal static class DocumentLimits
{
    public const int MostDocuments = 200;

    /// <summary>Of a tenant's documents together: what one search looks through in a millisecond.</summary>
    public const int MostPassages = 5_000;

    /// <summary>Of one file or page.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>Of one document once it is text; a book has half of it.</summary>
    public const int MostCharacters = 1_000_000;

    public const int LongestTitle = 200;

    public const int LongestUrl = 2_000;
}

/// <summary>Something the business wrote, which its AI agent answers from. Without its source, which only the reading needs.</summary>
internal sealed class Document
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Title { get; init; } = "";

    public string Format { get; init; } = "";

    public string? Url { get; init; }

    /// <summary>fr, ar, en, or null until it is known.</summary>
    public string? Language { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public string State { get; init; } = "";

    /// <summary>Why it failed; a sentence.</summary>
    public string? Problem { get; init; }

    public long Passages { get; init; }

    public long Reading { get; init; }

    public long? ReadAt { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>A piece of a document, short enough to be quoted and long enough to be understood.</summary>
/// <param name="Heading">The headings it stands under, outermost first, with › between; may be empty.</param>
/// <param name="Text">Some 150 to 250 words.</param>
internal readonly record struct Passage(string Heading, string Text);

/// <summary>A passage as it is stored, with its document's title and language.</summary>
internal sealed class StoredPassage
{
    public long Id { get; init; }

    public long DocumentId { get; init; }

    public string Title { get; init; } = "";

    public string? Language { get; init; }

    public string Heading { get; init; } = "";

    public string Text { get; init; } = "";
}
