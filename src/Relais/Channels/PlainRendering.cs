using System.Globalization;
using System.Text;
using Relais.Foundation;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels;

/// <summary>
/// A content said in words alone, for where nothing can be tapped: choices are numbered, and the number (or the title) typed
/// back is understood as the choice (Engine/TypedChoice).
/// </summary>
internal static class PlainRendering
{
    /// <param name="content">What to say.</param>
    /// <param name="limit">Most UTF-16 units; descriptions go first, then the body is shortened, never the choices.</param>
    public static string Of(OutboundContent content, int limit)
    {
        var language = ContentWords.LanguageOf((content as Choices)?.Language, content.Readable);
        return ChoiceLayout.Shown(content) switch
        {
            Text text => ShortText.Fit(text.Body, limit),
            Buttons buttons => Numbered(buttons.Header, buttons.Body, [new ChoiceSection(buttons.Items)], buttons.Footer, language, limit),
            ChoiceList list => Numbered(list.Header, list.Body, list.Sections, list.Footer, language, limit),
            UrlButton button => Fit(button.Header, button.Body, $"{button.Label} : {button.Url}", button.Footer, limit),
            LocationRequest request => Fit(null, request.Body, ContentWords.ShareLocation(language), null, limit),
            Location place => Fit(null, place.Readable, Link(place), null, limit),
            Contacts contacts => ShortText.Fit(string.Join("\n\n", contacts.Items.Select(Card)), limit),
            Template template => ShortText.Fit(template.Readable, limit),
            var other => ShortText.Fit(other.Readable, limit),
        };
    }

    private static string Numbered(
        string? header, string body, IReadOnlyList<ChoiceSection> sections, string? footer, string language, int limit)
    {
        // A hundred characters of the question say more than the descriptions below it.
        var told = Lines(sections, language, hasDescriptions: true);
        return told.Length + Math.Min(body.Length, 100) + (header?.Length ?? 0) + (footer?.Length ?? 0) + 6 <= limit
            ? Fit(header, body, told, footer, limit)
            : Fit(header, body, Lines(sections, language, hasDescriptions: false), footer, limit);
    }

    private static string Lines(IReadOnlyList<ChoiceSection> sections, string language, bool hasDescriptions)
    {
        var lines = new StringBuilder();
        var number = 0;
        foreach (var section in sections)
        {
            if (!string.IsNullOrEmpty(section.Title))
            {
                lines.Append('*').Append(section.Title).Append("*\n");
            }

            foreach (var row in section.Rows)
            {
                lines.Append((++number).ToString(CultureInfo.InvariantCulture)).Append(". ").Append(row.Title);
                if (hasDescriptions && !string.IsNullOrEmpty(row.Description))
                {
                    lines.Append(" – ").Append(row.Description);
                }

                lines.Append('\n');
            }
        }

        return lines.Append('\n').Append(ContentWords.AnswerByNumber(language)).ToString();
    }

    /// <summary>Everything but the body stands in full; the body gets what is left.</summary>
    private static string Fit(string? header, string body, string after, string? footer, int limit)
    {
        var top = string.IsNullOrEmpty(header) ? "" : $"*{header}*\n\n";
        var end = "\n\n" + after + (string.IsNullOrEmpty(footer) ? "" : $"\n\n{footer}");
        var room = limit - top.Length - end.Length;
        return room < 1 ? ShortText.Fit(top + body + end, limit) : top + ShortText.Fit(body, room) + end;
    }

    private static string Link(Location place) =>
        string.Create(CultureInfo.InvariantCulture, $"https://maps.google.com/?q={place.Latitude},{place.Longitude}");

    private static string Card(ContactCard card)
    {
        var lines = new List<string> { "👤 " + card.Name };
        if (!string.IsNullOrEmpty(card.Organisation))
        {
            lines.Add("🏢 " + card.Organisation);
        }

        lines.AddRange((card.Phones ?? []).Select(p => "📞 " + (PhoneNumbers.ToE164(p.Phone) ?? p.Phone)));
        lines.AddRange((card.Emails ?? []).Select(e => "✉️ " + e));
        return string.Join('\n', lines);
    }
}
