using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>Contact cards. A customer who shares their own number comes with a vCard and no name (Meta, business-scoped user ids).</summary>
internal static class MetaCards
{
    public static MetaContent Read(JsonElement message)
    {
        if (message.Get("contacts"u8).ValueKind != JsonValueKind.Array)
        {
            return MetaContent.Unread("contacts", message);
        }

        var cards = new List<ContactCard>();
        foreach (var item in message.Get("contacts"u8).Items())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                cards.Add(Card(item));
            }
        }

        return new(string.Join(", ", cards.Select(c => c.Name).Where(n => n.Length > 0)), false, new InboundContent.Contacts(cards));
    }

    private static ContactCard Card(JsonElement item)
    {
        var name = item.Get("name"u8);
        var parts = string.Join(' ', new[] { name.Text("first_name"u8), name.Text("last_name"u8) }.OfType<string>());
        return new ContactCard(
            ProviderText.FirstOf(name.Text("formatted_name"u8), parts, FullName(item.Text("vcard"u8))) ?? string.Empty)
        {
            Phones = [.. Phones(item)],
            Emails = [.. item.Get("emails"u8).Items().Select(e => e.Text("email"u8)).OfType<string>()],
            Organisation = item.Get("org"u8).Text("company"u8),
        };
    }

    private static IEnumerable<ContactPhone> Phones(JsonElement item)
    {
        foreach (var phone in item.Get("phones"u8).Items())
        {
            var waId = phone.Text("wa_id"u8);
            if ((phone.Text("phone"u8) ?? (waId is null ? null : $"+{waId}")) is { } number)
            {
                yield return new ContactPhone(number, phone.Text("type"u8), waId);
            }
        }
    }

    private static string? FullName(string? vcard) => vcard?.Split('\n')
        .Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("FN:", StringComparison.OrdinalIgnoreCase))?[3..];
}
