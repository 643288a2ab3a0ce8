using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// Notices in place of a message: the customer has another number or user id. The words differ by the age of the webhook
/// version: <c>customer_changed_number</c> with <c>new_wa_id</c>, then <c>user_changed_number</c> with <c>wa_id</c>.
/// </summary>
internal static class MetaSystem
{
    public static MetaContent Read(JsonElement message)
    {
        var system = message.Get("system"u8);
        var word = ProviderText.Word(system.Text("type"u8), "unknown");
        var note = word switch
        {
            "user_changed_number" or "customer_changed_number" => new InboundContent.SystemNote("number_changed") { Now = Number(system) },
            "user_changed_user_id" => new InboundContent.SystemNote("user_id_changed") { Now = UserId(system) },
            "customer_identity_changed" or "user_identity_changed" => new InboundContent.SystemNote("identity_changed"),
            _ => new InboundContent.SystemNote(word),
        };
        return new(system.Text("body"u8) ?? string.Empty, false, note);
    }

    /// <summary>
    /// The user id a notice is about, null for any other message. A notice that it changed may name nobody else, and belongs to
    /// the conversation of the former one.
    /// </summary>
    public static string? FormerUser(JsonElement message)
    {
        var system = message.Get("system"u8);
        return system.Text("previous_user_id"u8)
            ?? (system.Text("type"u8) == "user_changed_user_id" && !message.Has("from_user_id"u8) && !message.Has("from"u8) ? system.Text("user_id"u8) : null);
    }

    private static SenderIdentity? Number(JsonElement system)
    {
        var number = PhoneNumbers.ToE164(ProviderText.FirstOf(system.Text("wa_id"u8), system.Text("new_wa_id"u8)));
        var userId = system.Text("user_id"u8);
        return number is null && userId is null ? null : new SenderIdentity(number?[1..], number, userId);
    }

    private static SenderIdentity? UserId(JsonElement system) =>
        system.Text("user_id"u8) is { } userId ? new SenderIdentity(null, null, userId) : null;
}
