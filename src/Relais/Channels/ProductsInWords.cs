using static Relais.Channels.OutboundContent;

namespace Relais.Channels;

/// <summary>
/// Products that the provider does not show, said in words: one product its catalogue does not have makes Meta refuse the whole message,
/// and the customer would get no answer. Pure.
/// </summary>
internal static class ProductsInWords
{
    /// <summary>Of a text, at Meta: the only provider with products.</summary>
    private const int LongestText = 4096;

    /// <summary>
    /// What is sent instead; null when it was not refused for its products, or when our words for them are not known. What was refused has
    /// surely not gone out. The codes are Meta's for a value it does not take: 131009 is the one of products that are not found.
    /// </summary>
    public static Text? Instead(OutboundContent content, SendOutcome outcome) =>
        outcome is SendOutcome.Rejected { Code: 100 or 131008 or 131009 } && content is (Product { Shown: not null } or ProductList { Shown.Count: > 0 })
            ? new Text(PlainRendering.Of(content, LongestText)) : null;
}
