using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// <c>contacts[]</c> of one value, and which of them wrote a message. Since 2026 a customer may have no number at all
/// (missing or ""), and <c>from</c> may differ from <c>wa_id</c> inside Brazil, Mexico and Argentina.
/// </summary>
internal sealed class MetaContacts
{
    /// <summary>The prefixes that make the two differ (a 9 or a 1) stand before the last eight digits.</summary>
    private const int Tail = 8;

    private readonly Dictionary<string, Contact> byKey = new(StringComparer.Ordinal);
    private readonly Contact? sole;

    public MetaContacts(JsonElement contacts, int messageCount)
    {
        var count = 0;
        foreach (var item in contacts.Items())
        {
            var profile = item.Get("profile"u8);
            var contact = new Contact(
                Digits(item.Text("wa_id"u8)),
                item.Text("user_id"u8),
                ProviderText.FirstOf(profile.Text("name"u8), profile.Text("username"u8)));
            sole = count++ == 0 && messageCount == 1 ? contact : null;
            Index(contact.WaId, contact);
            Index(contact.UserId, contact);
            Index(TailOf(contact.WaId), contact);
        }
    }

    /// <summary>Whose message this is and the name shown; null when it names nobody.</summary>
    public (SenderIdentity Sender, string? Name)? Find(JsonElement message)
    {
        var from = message.Text("from"u8);
        var digits = Digits(from);

        // A 'from' that is no number is an id of its own kind; dropping it would leave the message without a sender.
        var userId = message.Text("from_user_id"u8) ?? (digits is null ? from : null);
        var contact = Known(digits) ?? Known(userId) ?? Known(TailOf(digits)) ?? sole;

        var waId = contact?.WaId ?? digits;
        userId = MetaSystem.FormerUser(message) ?? userId ?? contact?.UserId;
        return waId is null && userId is null
            ? null
            : (new SenderIdentity(waId, PhoneNumbers.ToE164(waId), userId), contact?.Name);
    }

    private Contact? Known(string? key) => key is not null && byKey.TryGetValue(key, out var contact) ? contact : null;

    private void Index(string? key, Contact contact)
    {
        if (key is not null)
        {
            byKey.TryAdd(key, contact);
        }
    }

    private static string? TailOf(string? digits) => digits is { Length: > Tail } ? $"…{digits.AsSpan(digits.Length - Tail)}" : null;

    /// <summary>The digits of "33…" or "+33…"; null for anything else.</summary>
    private static string? Digits(string? number)
    {
        var bare = number.AsSpan().Trim().TrimStart('+');
        return bare.Length is 0 or > 32 || bare.ContainsAnyExceptInRange('0', '9') ? null : bare.Length == number!.Length ? number : bare.ToString();
    }

    private sealed record Contact(string? WaId, string? UserId, string? Name);
}
