using System.Runtime.InteropServices;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// What the business wrote on its own phone (numbers that are on the WhatsApp Business app and the Cloud API at once; fields
/// <c>smb_message_echoes</c> and <c>message_echoes</c>). The customer is in <c>to</c>, and may be a user id alone.
/// </summary>
internal static class MetaEchoes
{
    public static void Read(JsonElement value, string? address, List<ChannelEvent> events)
    {
        foreach (var item in value.Get("message_echoes"u8).Items())
        {
            var type = ProviderText.Word(item.Text("type"u8), "unknown");
            var phone = PhoneNumbers.ToE164(item.Text("to"u8));
            var userId = item.Text("to_user_id"u8);

            // What the business takes back or corrects there changes nothing of who answers.
            if ((phone is null && userId is null) || type is "revoke" or "edit" or "reaction")
            {
                continue;
            }

            var content = MetaContent.Read(type, item);
            events.Add(new ChannelEvent.BusinessWrote(address, new InboundMessage(
                ProviderText.IdOrHash(item.Text("id"u8), JsonMarshal.GetRawUtf8Value(item)),
                new SenderIdentity(phone?[1..], phone, userId),
                ProfileName: null,
                ProviderText.Micros(item.Whole("timestamp"u8)),
                type,
                content.Text,
                RepliesTo: item.Get("context"u8).Text("id"u8),
                Raw: type == "text" ? null : item.Raw())
            {
                Content = content.Holds,
            }));
        }
    }
}
