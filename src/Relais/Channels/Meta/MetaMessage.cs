using System.Runtime.InteropServices;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>One item of <c>messages[]</c>, of whatever type: a type of tomorrow becomes a message too.</summary>
internal static class MetaMessage
{
    public static InboundMessage? Read(JsonElement item, MetaContacts contacts, ReadingProblems problems)
    {
        var type = ProviderText.Word(item.Text("type"u8), item.Has("text"u8) ? "text" : "unknown");
        var id = ProviderText.IdOrHash(item.Text("id"u8), JsonMarshal.GetRawUtf8Value(item));
        if (contacts.Find(item) is not { } who)
        {
            problems.Add($"the message {id} of type '{type}' names no sender");
            return null;
        }

        var content = MetaContent.Read(type, item);
        var holds = MetaSurroundings.Around(item, content.Holds);
        return new InboundMessage(
            id,
            who.Sender,
            who.Name,
            ProviderText.Micros(item.Whole("timestamp"u8)),
            type,
            content.Text,
            content.ChoiceId,
            content.RepliesTo ?? item.Get("context"u8).Text("id"u8),
            holds is null && !item.Has("errors"u8) ? null : item.Raw(),
            content.IsReadable)
        {
            Content = holds,
        };
    }
}
