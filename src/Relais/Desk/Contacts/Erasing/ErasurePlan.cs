namespace Relais.Desk.Contacts.Erasing;

/// <summary>How the rows of a table belong to a customer.</summary>
internal enum ErasedBy
{
    Contact = 1,
    Conversation = 2,
    Message = 3,
    Order = 4,

    /// <summary>The column <see cref="ErasureStep.Key"/> holds a contact's id.</summary>
    Target = 5,
    FollowUp = 6,
    FlowSession = 7,
}

/// <summary>What becomes of a table's rows of one customer.</summary>
/// <param name="Table">Its name; a table that is not there is left out.</param>
/// <param name="By">Whose the rows are.</param>
/// <param name="Key">The column that says so.</param>
/// <param name="Blank">Columns and what they hold afterwards, as SQL; null: the rows go. Columns that are not there are left out.</param>
/// <param name="Only">Of those rows, as SQL; null: all.</param>
internal sealed record ErasureStep(string Table, ErasedBy By, string Key, IReadOnlyList<(string Column, string Value)>? Blank = null, string? Only = null);

/// <summary>
/// Everything that holds what a customer said or is, table by table, in the order in which it can go. A new table with words of customers
/// gets a line here; the canary of the tests finds the one that was forgotten.
/// </summary>
internal static class ErasurePlan
{
    private const string Null = "NULL";
    private const string Empty = "''";

    public static IReadOnlyList<ErasureStep> Steps { get; } =
    [
        // What was still to be said.
        new("outbox", ErasedBy.Conversation, "conversation_id"),
        new("scheduled_message", ErasedBy.Conversation, "conversation_id"),
        new("draft", ErasedBy.Conversation, "conversation_id"),
        new("conversation_timer", ErasedBy.Conversation, "conversation_id"),
        new("conversation_viewer", ErasedBy.Conversation, "conversation_id"),
        new("follow_up_step", ErasedBy.FollowUp, "plan_id", [("text", Empty), ("template", Null), ("problem", Null)]),
        new("follow_up_plan", ErasedBy.Contact, "contact_id",
        [
            ("note", Null), ("reason", Empty), ("evidence", "'[]'"), ("problem", Null), ("next_at", Null), ("watched_until", Null),
            ("state", "CASE WHEN state IN ('planning', 'proposed', 'approved', 'running') THEN 'ended' ELSE state END"),
        ]),
        new("campaign_recipient", ErasedBy.Contact, "contact_id",
        [
            ("phone", Null), ("variables", "'{}'"), ("reason", Null), ("reason_code", "CASE WHEN state = 0 THEN 'no_contact' ELSE reason_code END"),
            ("state", "CASE WHEN state = 0 THEN 2 ELSE state END"),
        ]),

        // What was said, and what was made of it.
        new("message_translation", ErasedBy.Message, "message_id"),
        new("turn_trace", ErasedBy.Message, "message_id"),
        new("provider_call", ErasedBy.Message, "message_id"),
        new("error_log", ErasedBy.Conversation, "conversation_id"),
        new("search_entry", ErasedBy.Message, "id"),
        new("tool_confirmation", ErasedBy.Conversation, "conversation_id"),
        new("media", ErasedBy.Message, "message_id",
            [("filename", Empty), ("provider_ref", Null), ("claimed_sha256", Null), ("sha256", Null), ("problem", Null), ("state", "2"), ("size", Null), ("mime_type", Null)]),
        new("flow_step", ErasedBy.FlowSession, "session_id", [("answer", Null)]),
        new("flow_session", ErasedBy.Conversation, "conversation_id",
        [
            ("state", """'{"step":""}'"""), ("definition", Null), ("due_at", Null), ("reason", Null), ("ended_at", "coalesce(ended_at, @now)"),
            ("status", "CASE WHEN status IN (1, 2) THEN 5 ELSE status END"),
        ]),
        new("faq_candidate", ErasedBy.Conversation, "conversation_id"),
        new("message", ErasedBy.Conversation, "conversation_id",
        [
            ("content", Empty), ("choice_id", Null), ("payload", Null), ("raw", Null), ("replies_to", Null), ("error_text", Null), ("transcript", Null),
            ("ai_suggestion", Null), ("deleted_at", "coalesce(deleted_at, @now)"),
        ]),

        // A reason that a person wrote in words; codes are figures.
        new("report_mark", ErasedBy.Conversation, "conversation_id", Only: "word LIKE '% %'"),
        new("conversation_event", ErasedBy.Conversation, "conversation_id", [("detail", Null)]),
        new("conversation_note", ErasedBy.Conversation, "conversation_id", [("message", Empty), ("mentions", "'[]'"), ("deleted_at", "coalesce(deleted_at, @now)")]),
        new("conversation", ErasedBy.Conversation, "id",
        [
            ("last_message", Empty), ("summary", Null), ("waiting_since", Null), ("unread", "0"), ("snoozed_until", Null), ("release_at", Null), ("status", "3"),
            ("handoff_reason", "CASE WHEN handoff_reason LIKE '% %' THEN NULL ELSE handoff_reason END"),
            ("version", "version + 1"), ("answered_seq", "last_inbound_seq"), ("closed_at", "coalesce(closed_at, @now)"),
        ]),

        // Orders stay as what was sold; to whom and where to does not.
        new("order_confirmation", ErasedBy.Contact, "contact_id", [("detail", Null)]),
        new("order_approval", ErasedBy.Contact, "contact_id", [("detail", Null)]),
        new("order_move", ErasedBy.Order, "order_id", [("why", Null)]),
        new("order_notice_sent", ErasedBy.Order, "order_id", [("problem", Null)]),
        new("customer_order", ErasedBy.Order, "id", [("note", Null), ("address", Null), ("remind_at", Null), ("call_at", Null), ("message_problem", Null)]),

        // Who they are.
        new("contact_merge", ErasedBy.Target, "contact_id", [("moved", "'{}'"), ("undone_at", "coalesce(undone_at, @now)")]),
        new("contact_merge", ErasedBy.Target, "other_id", [("moved", "'{}'"), ("undone_at", "coalesce(undone_at, @now)")]),
        new("import_effect", ErasedBy.Target, "target_id"),
        new("search_entry", ErasedBy.Target, "id"),
        new("contact_note", ErasedBy.Contact, "contact_id"),
        new("contact_label", ErasedBy.Contact, "contact_id"),
        new("contact_value", ErasedBy.Contact, "contact_id"),
        new("consent", ErasedBy.Contact, "contact_id", [("proof", Null)]),
        new("privacy_export", ErasedBy.Contact, "contact_id"),
        new("contact_identity", ErasedBy.Contact, "contact_id"),
        new("contact", ErasedBy.Target, "id",
        [
            ("name", Null), ("named_by", Null), ("phone", Null), ("wa_id", Null), ("user_id", Null), ("language", Null), ("time_zone", Null), ("blocked_reason", Null),
            ("opted_out_at", "coalesce(opted_out_at, @now)"), ("blocked_at", "coalesce(blocked_at, @now)"), ("erased_at", "@now"),
        ]),
    ];
}
