using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>News of customers: <c>user_id_update</c> (business-scoped user ids) and <c>user_preferences</c> (marketing messages).</summary>
internal static class MetaPeopleNews
{
    public static void UserIds(JsonElement value, string? address, List<ChannelEvent> events)
    {
        foreach (var item in value.Get("user_id_update"u8).Items())
        {
            var userId = item.Get("user_id"u8);
            if (userId.Text("previous"u8) is { } previous && userId.Text("current"u8) is { } current)
            {
                var number = PhoneNumbers.ToE164(item.Text("wa_id"u8));
                events.Add(new ChannelEvent.IdentityChanged(
                    address, new SenderIdentity(number?[1..], number, previous), new SenderIdentity(number?[1..], number, current),
                    ProviderText.Micros(item.Whole("timestamp"u8))));
            }
        }
    }

    public static void Preferences(JsonElement value, string? address, List<ChannelEvent> events)
    {
        foreach (var item in value.Get("user_preferences"u8).Items())
        {
            var number = PhoneNumbers.ToE164(item.Text("wa_id"u8));
            var userId = item.Text("user_id"u8);
            bool? wants = ProviderText.Word(item.Text("value"u8), "") switch { "stop" => false, "resume" => true, _ => null };
            if (wants is { } said && (number ?? userId) is not null
                && ProviderText.Word(item.Text("category"u8), "marketing_messages") == "marketing_messages")
            {
                events.Add(new ChannelEvent.MarketingPreference(
                    address, new SenderIdentity(number?[1..], number, userId), said, ProviderText.Micros(item.Whole("timestamp"u8))));
            }
        }
    }
}
