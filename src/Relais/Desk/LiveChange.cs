using Relais.Conversations;
using Relais.Conversations.Notes;

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
/// <param name="Note">The note, when the change is about one; without words once it is deleted.</param>
/// <param name="Viewers">Who looks at it now, when that changed.</param>
/// <param name="Scheduled">The message for later, when the change is about one (scheduled.updated).</param>
internal sealed record LiveChange(
    long Seq, string Type, long? ConversationId, long? InboxId, string? Assignee, long? Version, ConversationJson? Row, MessageJson? Message,
    NoteJson? Note = null, IReadOnlyList<Viewer>? Viewers = null, Later.ScheduledJson? Scheduled = null);
