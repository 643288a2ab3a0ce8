using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>Contact cards as Meta takes them: formatted_name and one more part of the name are asked for.</summary>
internal static class MetaBodyContacts
{
    public static void Write(Utf8JsonWriter json, OutboundContent.Contacts contacts)
    {
        json.WriteStartArray("contacts"u8);
        foreach (var card in contacts.Items)
        {
            json.WriteStartObject();
            Name(json, card.Name);
            Phones(json, card.Phones ?? []);
            Emails(json, card.Emails ?? []);
            if (!string.IsNullOrEmpty(card.Organisation))
            {
                json.WriteStartObject("org"u8);
                json.Words("company"u8, card.Organisation);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Name(Utf8JsonWriter json, string name)
    {
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        json.WriteStartObject("name"u8);
        json.Words("formatted_name"u8, name);
        json.Words("first_name"u8, space < 0 ? name : name[..space]);
        json.Words("last_name"u8, space < 0 ? null : name[(space + 1)..].TrimStart());
        json.WriteEndObject();
    }

    private static void Phones(Utf8JsonWriter json, IReadOnlyList<ContactPhone> phones)
    {
        if (phones.Count == 0)
        {
            return;
        }

        json.WriteStartArray("phones"u8);
        foreach (var phone in phones)
        {
            json.WriteStartObject();
            json.Words("phone"u8, PhoneNumbers.ToE164(phone.Phone) ?? phone.Phone);
            json.Words("type"u8, phone.Type);
            json.Words("wa_id"u8, phone.WaId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Emails(Utf8JsonWriter json, IReadOnlyList<string> emails)
    {
        if (emails.Count == 0)
        {
            return;
        }

        json.WriteStartArray("emails"u8);
        foreach (var email in emails)
        {
            json.WriteStartObject();
            json.Words("email"u8, email);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
