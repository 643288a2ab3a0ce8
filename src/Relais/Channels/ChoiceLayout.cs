using Relais.Foundation;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels;

/// <summary>
/// How a question with choices is shown: up to 3 short ones as buttons, up to 10 as a list, more as pages of 9 with a last row
/// that leads to the next one (from the last page to the first). Made when a message leaves; what is stored stays the question.
/// </summary>
internal static class ChoiceLayout
{
    private const int MostButtons = 3;
    private const int MostRows = 10;
    private const int RowsOfPage = 9;
    private const int ButtonTitle = 20;
    private const int RowTitle = 24;
    private const int RowDescription = 72;
    private const string PagePrefix = "relais.page:";

    /// <summary>Every content that offers something to tap, in the form the customer sees; anything else as it is.</summary>
    public static OutboundContent Shown(OutboundContent content) => content is Choices choices ? Of(choices) : content;

    /// <summary>What can be tapped, in the order it is shown, page rows too; none for other contents.</summary>
    public static IReadOnlyList<Choice> Offered(OutboundContent content) => Shown(content) switch
    {
        Buttons buttons => buttons.Items,
        ChoiceList list => [.. list.Sections.SelectMany(s => s.Rows)],
        _ => [],
    };

    public static OutboundContent Of(Choices choices)
    {
        if (AreButtons(choices.Items))
        {
            return new Buttons(choices.Body, choices.Items) { Header = choices.Header, Footer = choices.Footer };
        }

        var language = ContentWords.LanguageOf(choices.Language, choices.Body);
        return new ChoiceList(choices.Body, choices.Button ?? ContentWords.Choose(language), [new ChoiceSection(Rows(choices, language))])
        {
            Header = choices.Header,
            Footer = choices.Footer,
        };
    }

    /// <summary>The page that a tapped row leads to, from 0; null for every other choice.</summary>
    public static int? PageOf(string? choiceId) =>
        choiceId is not null && choiceId.StartsWith(PagePrefix, StringComparison.Ordinal)
        && int.TryParse(choiceId.AsSpan(PagePrefix.Length), System.Globalization.NumberStyles.None, null, out var page) ? page : null;

    public static bool IsPageId(string? choiceId) => choiceId?.StartsWith(PagePrefix, StringComparison.Ordinal) == true;

    private static bool AreButtons(IReadOnlyList<Choice> items) =>
        items.Count <= MostButtons
        && items.All(i => i.Title.Length <= ButtonTitle && string.IsNullOrEmpty(i.Description))
        && items.Select(i => i.Title).Distinct(StringComparer.Ordinal).Count() == items.Count;

    private static List<Choice> Rows(Choices choices, string language)
    {
        if (choices.Items.Count <= MostRows)
        {
            return [.. choices.Items.Select(Row)];
        }

        var pages = (choices.Items.Count + RowsOfPage - 1) / RowsOfPage;
        var page = Math.Clamp(choices.Page, 0, pages - 1);
        var rows = choices.Items.Skip(page * RowsOfPage).Take(RowsOfPage).Select(Row).ToList();
        rows.Add(page == pages - 1
            ? new Choice(PagePrefix + "0", ContentWords.FirstPage(language))
            : new Choice($"{PagePrefix}{page + 1}", ContentWords.More(language), $"{page + 2}/{pages}"));
        return rows;
    }

    /// <summary>A title that is too long goes on in the description, in full.</summary>
    private static Choice Row(Choice item)
    {
        if (item.Title.Length <= RowTitle)
        {
            return item with { Description = item.Description is { Length: > 0 } told ? ShortText.Fit(told, RowDescription) : null };
        }

        var full = string.IsNullOrEmpty(item.Description) ? item.Title : $"{item.Title} – {item.Description}";
        return item with { Title = ShortText.Fit(item.Title, RowTitle), Description = ShortText.Fit(full, RowDescription) };
    }
}
