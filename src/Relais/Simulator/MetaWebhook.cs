using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Simulator.Customer;

namespace Relais.Simulator;

/// <summary>
/// Bodies as Meta posts them (developers.facebook.com, webhooks/reference/messages, 2026 shape with business-scoped user
/// ids). The wire is ASCII: other characters are \uXXXX with lower-case digits and slashes are "\/", which is what was signed.
/// </summary>
internal static class MetaWebhook
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A customer's message of any type.</summary>
    public static SignedWebhook Message(SimulatedNumber number, SimulatedPhone phone, string id, DateTimeOffset at, Draft draft)
    {
        var message = new JsonObject();
        if (!phone.HidesNumber)
        {
            message["from"] = phone.WaId;
        }

        message["from_user_id"] = phone.UserId;
        message["id"] = id;
        message["timestamp"] = Seconds(at);
        message["type"] = draft.Type;
        message[draft.Type] = draft.Content;
        foreach (var (key, value) in draft.More ?? [])
        {
            message[key] = value?.DeepClone();
        }

        Surround(message, number, draft.Beside);
        var webhookValue = Value(number);
        if (!draft.HasNoContact)
        {
            webhookValue["contacts"] = new JsonArray(Contact(phone));
        }

        webhookValue["messages"] = new JsonArray(message);
        return Sign(number, Envelope(number, webhookValue), id);
    }

    private static void Surround(JsonObject message, SimulatedNumber number, Beside beside)
    {
        if (beside.Quotes is { } quoted)
        {
            message["context"] = new JsonObject { ["from"] = E164.Digits(number.DisplayNumber), ["id"] = quoted };
        }
        else if (beside.Forwarded || beside.FrequentlyForwarded)
        {
            message["context"] = new JsonObject { [beside.FrequentlyForwarded ? "frequently_forwarded" : "forwarded"] = true };
        }

        if (beside.From is { } ad)
        {
            message["referral"] = new JsonObject
            {
                ["source_url"] = ad.Url, ["source_id"] = ad.Id, ["source_type"] = ad.SourceType, ["body"] = ad.Body, ["headline"] = ad.Headline,
                ["media_type"] = "image", ["image_url"] = "https://scontent.xx.fbcdn.net/v/t45.1600-4/ad.jpg", ["ctwa_clid"] = ad.ClickId,
                ["welcome_message"] = new JsonObject { ["text"] = "Hi there! Let us know how we can help!" },
            };
        }
    }

    public static SignedWebhook Status(Receipt receipt, string status, DateTimeOffset at, int? failedWith)
    {
        var phone = receipt.Phone;
        var entry = new JsonObject { ["id"] = receipt.ProviderId, ["status"] = status, ["timestamp"] = Seconds(at) };
        if (!phone.HidesNumber)
        {
            entry["recipient_id"] = phone.WaId;
        }

        entry["recipient_user_id"] = phone.UserId;
        if (receipt.Reference is not null)
        {
            entry["biz_opaque_callback_data"] = receipt.Reference;
        }

        if (status is "sent" or "delivered")
        {
            entry["pricing"] = new JsonObject
            {
                ["billable"] = receipt.Charge is not null,
                ["pricing_model"] = "PMP",
                ["type"] = receipt.Charge is null ? "free_customer_service" : "regular",
                ["category"] = receipt.Charge ?? "service",
            };
        }

        if (failedWith is { } code)
        {
            var (_, message, details) = ProviderErrors.Meta(code);
            entry["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = code,
                ["title"] = message,
                ["message"] = message,
                ["error_data"] = new JsonObject { ["details"] = details },
                ["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
            });
        }

        var value = Value(receipt.Number);
        if (failedWith is null)
        {
            value["contacts"] = new JsonArray(Contact(phone));
        }

        value["statuses"] = new JsonArray(entry);
        return Sign(receipt.Number, Envelope(receipt.Number, value), receipt.ProviderId);
    }

    /// <summary>Any other field of the account's subscription; such entries carry their time.</summary>
    public static SignedWebhook News(SimulatedNumber number, string field, JsonObject value, DateTimeOffset at)
    {
        var envelope = Envelope(number, value, field);
        envelope["entry"]![0]!["time"] = at.ToUnixTimeSeconds();
        return Sign(number, envelope, "");
    }

    public static SignedWebhook Raw(SimulatedNumber number, byte[] body, string? signature = null) => new(
        number.WebhookUrl, body, "application/json", MetaSignature.Header,
        signature ?? MetaSignature.Of(number.Secret, body), "");

    /// <summary>JSON text as Meta's wire has it.</summary>
    public static byte[] Wire(JsonNode json)
    {
        var text = json.ToJsonString(Relaxed);
        var wire = new StringBuilder(text.Length + 64);
        for (var i = 0; i < text.Length; i++)
        {
            // A slash or a non-ASCII character can only stand inside a string, so no parsing is needed.
            var c = text[i];
            if (c == '\\' && text[i + 1] == 'u')
            {
                // The serialiser escapes emoji itself, with upper-case digits.
                wire.Append(text.AsSpan(i, 6).ToString().ToLowerInvariant());
                i += 5;
            }
            else if (c == '\\')
            {
                wire.Append(c).Append(text[++i]);
            }
            else if (c == '/')
            {
                wire.Append("\\/");
            }
            else if (c > 0x7e)
            {
                wire.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                wire.Append(c);
            }
        }

        return Encoding.ASCII.GetBytes(wire.ToString());
    }

    private static SignedWebhook Sign(SimulatedNumber number, JsonObject envelope, string messageId) =>
        Raw(number, Wire(envelope)) with { MessageId = messageId };

    private static JsonObject Value(SimulatedNumber number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject
        {
            ["display_phone_number"] = E164.Digits(number.DisplayNumber),
            ["phone_number_id"] = number.Address,
        },
    };

    private static JsonObject Contact(SimulatedPhone phone)
    {
        var contact = new JsonObject { ["profile"] = new JsonObject { ["name"] = phone.Name } };
        if (!phone.HidesNumber)
        {
            contact["wa_id"] = phone.WaId;
        }

        contact["user_id"] = phone.UserId;
        return contact;
    }

    private static JsonObject Envelope(SimulatedNumber number, JsonObject value, string field = "messages") => new()
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["id"] = number.Account,
            ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = field }),
        }),
    };

    // Meta writes seconds as a string in messages and statuses.
    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
