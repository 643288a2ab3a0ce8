namespace Relais.Desk;

/// <summary>What a watcher is told of one change.</summary>
/// <param name="Seq">Its place in the one order; also the event's id.</param>
/// <param name="Type">conversation.updated, message.created, message.updated, …</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="InboxId">Its number.</param>
/// <param name="Assignee">Who has it now.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Row">The list row as it is now, so that nobody has to ask again.</param>
/// <param name="Message">The message, when the change is about one.</param>
internal sealed record LiveChange(
    long Seq, string Type, long? ConversationId, long? InboxId, string? Assignee, long? Version, ConversationJson? Row, MessageJson? Message);
