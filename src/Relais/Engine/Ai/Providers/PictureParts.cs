using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.Providers;

/// <summary>The same conversation for a model that reads pictures and for one that does not: one turn may ask both, one after the other.</summary>
internal static class PictureParts
{
    public static IEnumerable<ChatMessage> For(bool readsImages, IEnumerable<ChatMessage> messages) =>
        messages.Select(m => !m.Contents.Any(c => c is DataContent) ? m : readsImages ? Seen(m) : Unseen(m));

    private static ChatMessage Seen(ChatMessage message) => new(
        message.Role, [.. message.Contents.OfType<DataContent>(), new TextContent(Prompts.Seen(Caption(message)))]);

    /// <summary>What stands beside the picture says that it cannot be seen.</summary>
    private static ChatMessage Unseen(ChatMessage message) => new(message.Role, [.. message.Contents.Where(c => c is not DataContent)]);

    private static string Caption(ChatMessage message) =>
        message.AdditionalProperties?.GetValueOrDefault(TurnConversation.Unanswered) as string ?? "";
}
