using Relais.Desk.Contacts.Erasing;

namespace Relais.Desk.Privacy;

/// <summary>
/// What goes into an export: every table of <see cref="ErasurePlan"/>, so that what is erased is what can be asked for, and a few whose
/// rows stay as figures; but for those that say nothing of their own.
/// </summary>
internal static class PrivacyTables
{
    /// <summary>Tables of the plan that are left out, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["outbox"] = "the queue of sends; the messages are in the export",
        ["draft"] = "unfinished words of a colleague",
        ["conversation_timer"] = "an alarm of the program",
        ["conversation_viewer"] = "which colleague looks at it now",
        ["search_entry"] = "an index of words that are in the export",
        ["import_effect"] = "what undoing an import needs",
        ["provider_call"] = "a technical copy of messages that are in the export",
        ["error_log"] = "a technical log",
        ["faq_candidate"] = "the business's own draft, made of messages that are in the export",
        ["report_mark"] = "figures counted of what is in the export",
        ["privacy_export"] = "the exports themselves",
    };

    private static readonly ErasureStep[] Besides =
    [
        new("customer_order_item", ErasedBy.Order, "order_id"),
        new("unasked_send", ErasedBy.Contact, "contact_id"),
    ];

    /// <summary>Each table once for each way its rows belong to a customer.</summary>
    public static IReadOnlyList<ErasureStep> All { get; } =
        [.. ErasurePlan.Steps.Concat(Besides).Where(s => !LeftOut.ContainsKey(s.Table)).DistinctBy(s => (s.Table, s.Key))];
}
