using System.Globalization;

namespace Relais.Channels;

/// <summary>Problems of one content as they are found, with the small rules that every kind shares.</summary>
internal sealed class ContentProblems
{
    private readonly List<ContentProblem> found = [];

    public IReadOnlyList<ContentProblem> Found => found;

    public void Add(string field, string reason) => found.Add(new ContentProblem(field, reason));

    /// <summary>Words that must be there; line ends and tabs are allowed in them.</summary>
    public void Words(string field, string? text, int most) => Words(field, text, most, isLine: false, isOptional: false);

    public void Line(string field, string? text, int most) => Words(field, text, most, isLine: true, isOptional: false);

    public void OptionalWords(string field, string? text, int most) => Words(field, text, most, isLine: false, isOptional: true);

    public void OptionalLine(string field, string? text, int most) => Words(field, text, most, isLine: true, isOptional: true);

    /// <summary>An https address that others may fetch or open.</summary>
    public void Link(string field, string? link, int most)
    {
        if (string.IsNullOrWhiteSpace(link))
        {
            Add(field, $"{field} is missing: give an https address.");
        }
        else if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0)
        {
            Add(field, $"{field} is not a public https address.");
        }
        else if (link.Length > most)
        {
            Add(field, TooLong(field, link.Length, most));
        }
    }

    /// <summary>How many there are, at least one.</summary>
    public bool Count<T>(string field, IReadOnlyList<T>? items, int most)
    {
        if (items is null or { Count: 0 })
        {
            Add(field, $"{field} is empty: give one at least.");
            return false;
        }

        if (items.Count > most)
        {
            Add(field, $"{field} has {items.Count}; {most} at most.");
        }

        var hole = -1;
        for (var i = 0; i < items.Count && hole < 0; i++)
        {
            hole = items[i] is null ? i : -1;
        }

        if (hole >= 0)
        {
            Add($"{field}[{hole}]", $"{field}[{hole}] is null.");
        }

        return hole < 0;
    }

    private void Words(string field, string? text, int most, bool isLine, bool isOptional)
    {
        if (string.IsNullOrEmpty(text) && isOptional)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            Add(field, $"{field} is missing or empty.");
        }
        else if (text.Length > most)
        {
            Add(field, TooLong(field, text.Length, most));
        }
        else if (HasControls(text, isLine))
        {
            Add(field, isLine ? $"{field} is one line of text, without control characters." : $"{field} holds a control character.");
        }
    }

    private static bool HasControls(string text, bool isLine)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && (isLine || c is not ('\n' or '\r' or '\t')))
            {
                return true;
            }

            if (char.IsSurrogate(c) && !(i + 1 < text.Length && char.IsSurrogatePair(c, text[++i])))
            {
                return true;
            }
        }

        return false;
    }

    private static string TooLong(string field, int length, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{field} is {length} characters long; {most} at most.");
}
