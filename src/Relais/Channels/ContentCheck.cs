using System.Globalization;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels;

/// <summary>Holds a content against a provider's limits. Pure; takes whatever JSON could give, nulls too.</summary>
internal static class ContentCheck
{
    /// <summary>Cut into parts above the channel's own limit; this one is ours.</summary>
    private const int LongestText = 20_000;

    public static IReadOnlyList<ContentProblem> Of(OutboundContent content, ContentLimits limits)
    {
        var problems = new ContentProblems();
        switch (content)
        {
            case Text text:
                problems.Words("body", text.Body, LongestText);
                break;
            case OutboundContent.Media media:
                Check(media, "", limits, problems);
                break;
            case Location place:
                Check(place, "", problems);
                break;
            case Contacts contacts:
                Check(contacts, limits, problems);
                break;
            case Reaction reaction:
                Check(reaction, limits, problems);
                break;
            case Template template:
                TemplateCheck.Of(template, limits, problems);
                break;
            default:
                InteractiveCheck.Of(content, limits, problems);
                break;
        }

        return problems.Found;
    }

    /// <param name="media">A file of the message, or of its header.</param>
    /// <param name="at">Path of it with its dot, or empty.</param>
    /// <param name="limits">The provider's.</param>
    /// <param name="problems">Where to put what is found.</param>
    public static void Check(OutboundContent.Media media, string at, ContentLimits limits, ContentProblems problems)
    {
        if (media.MediaId is null == string.IsNullOrEmpty(media.Link))
        {
            problems.Add($"{at}media_id", $"Give {at}media_id (from POST /api/media) or {at}link, exactly one of both.");
        }
        else if (media.MediaId is null)
        {
            problems.Link($"{at}link", media.Link, limits.Url);
        }
        else if (media.MediaId <= 0)
        {
            problems.Add($"{at}media_id", $"{at}media_id is no id of a file.");
        }

        if (at.Length > 0 || media is Audio or Sticker)
        {
            if (!string.IsNullOrEmpty(media.Caption))
            {
                problems.Add($"{at}caption", at.Length > 0 ? "The file of a header has no caption." : "Audio and stickers have no caption: send the words as a text.");
            }
        }
        else
        {
            problems.OptionalWords("caption", media.Caption, limits.Caption);
        }

        if (media is Document document)
        {
            problems.OptionalLine($"{at}filename", document.Filename, limits.Filename);
        }
    }

    public static void Check(Location place, string at, ContentProblems problems)
    {
        if (!(Math.Abs(place.Latitude) <= 90))
        {
            problems.Add($"{at}latitude", "A latitude is between -90 and 90 degrees.");
        }

        if (!(Math.Abs(place.Longitude) <= 180))
        {
            problems.Add($"{at}longitude", "A longitude is between -180 and 180 degrees.");
        }

        problems.OptionalLine($"{at}name", place.Name, 1000);
        problems.OptionalLine($"{at}address", place.Address, 1000);
    }

    private static void Check(Contacts contacts, ContentLimits limits, ContentProblems problems)
    {
        if (!problems.Count("items", contacts.Items, limits.ContactCards))
        {
            return;
        }

        for (var i = 0; i < contacts.Items.Count; i++)
        {
            var card = contacts.Items[i];
            problems.Line($"items[{i}].name", card.Name, 1000);
            for (var p = 0; p < (card.Phones?.Count ?? 0); p++)
            {
                problems.Line($"items[{i}].phones[{p}].phone", card.Phones![p]?.Phone, 64);
            }

            for (var e = 0; e < (card.Emails?.Count ?? 0); e++)
            {
                problems.Line($"items[{i}].emails[{e}]", card.Emails![e], 254);
            }
        }
    }

    /// <summary>One grapheme; that it is an emoji is told from it being no letter, digit or plain sign.</summary>
    private static void Check(Reaction reaction, ContentLimits limits, ContentProblems problems)
    {
        if (!limits.CarriesMetaOnly)
        {
            problems.Add("type", $"{limits.Provider} cannot send a reaction: send a text or an emoji instead.");
        }
        else if (reaction.Emoji is null || (reaction.Emoji.Length > 0 && !IsOneEmoji(reaction.Emoji)))
        {
            problems.Add("emoji", "emoji is exactly one emoji, or empty to take the reaction back.");
        }
    }

    private static bool IsOneEmoji(string text)
    {
        if (text.Length > 64 || StringInfo.GetNextTextElementLength(text) != text.Length || !System.Text.Rune.TryGetRuneAt(text, 0, out var first))
        {
            return false;
        }

        // Keycaps begin with an ASCII sign and end with U+20E3; everything else that is an emoji is a symbol or a flag letter.
        return text[^1] == '\u20E3' || System.Text.Rune.GetUnicodeCategory(first) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol
            || (first.Value >= 0x203C && System.Text.Rune.GetUnicodeCategory(first) is UnicodeCategory.OtherPunctuation or UnicodeCategory.DashPunctuation);
    }
}
