using Relais.Conversations;
using Relais.Foundation;

namespace Relais.Imports.Moving;

/// <summary>Makes our words of a row of another system. Pure: the same row is the same record each time.</summary>
internal static class ForeignReading
{
    /// <summary>Words for kinds, singular and plural, as people name files and tables.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["contact"] = "contact", ["contacts"] = "contact", ["customers"] = "contact", ["clients"] = "contact",
        ["conversation"] = "conversation", ["conversations"] = "conversation", ["chats"] = "conversation",
        ["message"] = "message", ["messages"] = "message",
        ["event"] = "event", ["events"] = "event", ["conversation_event"] = "event", ["conversation_events"] = "event",
        ["faq"] = "faq", ["faqs"] = "faq", ["product"] = "product", ["products"] = "product", ["order"] = "order", ["orders"] = "order",
    };

    private static readonly string[] Customers = ["client", "customer", "user", "contact", "inbound", "incoming", "in", "received"];
    private static readonly string[] Machines = ["ai", "assistant", "bot", "agentai", "model", "system", "flow"];

    /// <summary>Their words for the states of an order, and ours.</summary>
    private static readonly Dictionary<string, string> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pending"] = "placed", ["placed"] = "placed", ["new"] = "placed", ["created"] = "placed", ["en_attente"] = "placed", ["confirmed"] = "confirmed", ["confirmee"] = "confirmed",
        ["preparing"] = "preparing", ["processing"] = "preparing", ["in_preparation"] = "preparing", ["shipped"] = "shipped", ["in_transit"] = "shipped", ["expediee"] = "shipped",
        ["out_for_delivery"] = "out_for_delivery", ["delivered"] = "delivered", ["completed"] = "delivered", ["livree"] = "delivered",
        ["cancelled"] = "cancelled", ["canceled"] = "cancelled", ["annulee"] = "cancelled", ["refused"] = "cancelled",
    };

    public static IEnumerable<string> KnownKinds => Kinds.Values.Distinct();

    public static string? KindOf(string? word) => word is null ? null : Kinds.GetValueOrDefault(word);

    /// <param name="number">Line or row.</param>
    /// <param name="row">As it was.</param>
    /// <param name="kind">Of the file; null: the row tells in <c>type</c>.</param>
    /// <param name="country">ISO 3166 code for numbers without a country, or null.</param>
    public static MovedRow Read(long number, ForeignRow row, string? kind, string? country)
    {
        try
        {
            var what = (kind ?? KindOf(row.Text("type", "kind"))) switch
            {
                "contact" => Contact(row, country),
                "conversation" => Conversation(row, country),
                "message" => Message(row, country),
                "event" => Event(row, country),
                "faq" => Faq(row),
                "product" => Product(row),
                "order" => Order(row, country),
                _ => throw new FormatException("It does not say what it is: give it a “type”, or say it with --what."),
            };
            return new MovedRow(number, what, null);
        }
        catch (FormatException e)
        {
            return new MovedRow(number, null, e.Message);
        }
    }

    private static Moved Contact(ForeignRow row, string? country)
    {
        var phone = Phone(row, country) ?? throw new FormatException("There is no phone number in it.");
        var at = row.Instant("optedoutat", "unsubscribedat");
        return new Moved.Contact(Id(row) ?? phone, phone, row.Text("name", "fullname", "nom", "profilename", "displayname"), Language(row),
            at ?? (row.Text("optedout", "unsubscribed", "optout") is "true" or "1" ? row.Instant("updatedat", "createdat") ?? 0 : null), At(row));
    }

    private static Moved.Conversation Conversation(ForeignRow row, string? country)
    {
        var (contact, phone) = (row.Text("contactid", "contact", "customerid", "userid"), Phone(row, country));
        return contact is null && phone is null
            ? throw new FormatException("It names neither a contact nor a phone number.")
            : new Moved.Conversation(Id(row) ?? phone ?? contact!, contact, phone, At(row));
    }

    private static Moved.Message Message(ForeignRow row, string? country)
    {
        var text = row.Text("message", "text", "content", "body", "contenu", "messagebody", "text.body") ?? throw new FormatException("There are no words in it.");
        var (conversation, contact, phone) = (ConversationId(row), row.Text("contactid", "contact", "customerid"), Phone(row, country));
        var author = Author(row);
        return conversation is null && contact is null && phone is null
            ? throw new FormatException("It names neither a conversation nor a contact nor a phone number.")
            : new Moved.Message(Id(row) ?? throw NoId(), conversation, contact, phone, author, CustomerText.Normalise(text), row.Text("aisuggestion", "suggestion"), At(row), Status(row));
    }

    private static Moved.Event Event(ForeignRow row, string? country)
    {
        var (conversation, phone) = (ConversationId(row), Phone(row, country));
        var type = new string([.. (row.Text("eventtype", "event", "name", "action", "type") ?? "moved_in").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').Take(40)]);
        return conversation is null && phone is null
            ? throw new FormatException("It names neither a conversation nor a phone number.")
            : new Moved.Event(Id(row) ?? throw NoId(), conversation, phone, type, row.Text("detail", "details", "data", "value", "payload", "eventdata", "metadata"), At(row));
    }

    private static Moved.Faq Faq(ForeignRow row)
    {
        var question = row.Text("question") ?? throw new FormatException("There is no question in it.");
        var answer = row.Text("answer", "reponse", "response") ?? throw new FormatException("There is no answer in it.");
        return new Moved.Faq(Id(row) ?? question, question, answer, Language(row), At(row), row.Instant("updatedat"));
    }

    private static Moved.Product Product(ForeignRow row)
    {
        var title = row.Text("title", "name", "nom", "titre") ?? throw new FormatException("There is no title in it.");
        var sku = row.Text("sku", "retailerid", "productid", "reference", "ref") ?? Id(row) ?? throw NoId();
        var (amount, currency) = Amount(row, "price", "prix", "amount");
        return new Moved.Product(Id(row) ?? sku, sku, title, row.Text("description"), amount, currency,
            long.TryParse(row.Text("stock", "quantity", "inventory"), out var stock) ? stock : null, Link(row, "url", "link"), Link(row, "imageurl", "image", "picture"), At(row));
    }

    private static Moved.Order Order(ForeignRow row, string? country)
    {
        var tracking = row.Text("trackingnumber", "tracking", "ordernumber", "orderid", "number", "reference") ?? Id(row) ?? throw NoId();
        var word = (row.Text("status", "state", "statut") ?? "placed").Replace(' ', '_').Replace('-', '_').Replace("é", "e", StringComparison.Ordinal);
        var (amount, currency) = Amount(row, "total", "totalamount", "amount", "price");
        return new Moved.Order(Id(row) ?? tracking, tracking, Phone(row, country), row.Text("customername", "name", "clientname", "customer.name"),
            States.GetValueOrDefault(word) ?? throw new FormatException($"“{ForeignRow.Short(word)}” is no state of an order: one of {string.Join(", ", States.Values.Distinct())}."),
            row.Text("carrier", "courier", "transporteur"), amount, currency, [.. ForeignItems.Of(row)], At(row), row.Instant("updatedat"));
    }

    private static FormatException NoId() => new("It has no id, so it could not be known again.");

    private static string? Id(ForeignRow row) => row.Text("id", "uuid", "messagesid", "sid", "wamid");

    private static string? ConversationId(ForeignRow row) => row.Text("conversationid", "conversation", "chatid", "sessionid", "threadid");

    private static long? At(ForeignRow row) => row.Instant("createdat", "timestamp", "sentat", "date", "at", "time", "receivedat", "datecreated");

    private static string? Language(ForeignRow row) => row.Text("language", "lang", "langue", "locale")?.ToLowerInvariant() switch
    {
        ['f', 'r', ..] => "fr", ['a', 'r', ..] => "ar", ['e', 'n', ..] => "en", _ => null,
    };

    private static MovedAuthor Author(ForeignRow row)
    {
        var word = row.Text("sender", "role", "direction", "author", "sendertype", "fromtype", "from")?.ToLowerInvariant();
        if (word is null && row.Text("fromme", "isfrombusiness", "outgoing") is { } ours)
        {
            return ours is "true" or "1" ? MovedAuthor.Person : MovedAuthor.Customer;
        }

        return word is null ? throw new FormatException("It does not say who wrote it (sender, role or direction).")
            : Customers.Contains(word) ? MovedAuthor.Customer : Machines.Contains(word) ? MovedAuthor.Agent : MovedAuthor.Person;
    }

    private static string? Phone(ForeignRow row, string? country)
    {
        var raw = row.Text("phonenumber", "phone", "whatsapp", "waid", "telephone", "mobile", "customerphone", "clientphone", "contact.phone", "customer.phone", "recipient");
        if (raw is null)
        {
            return null;
        }

        var bare = raw.Replace("whatsapp:", "", StringComparison.OrdinalIgnoreCase).Split('@')[0];
        var (number, fault) = NationalNumbers.Read(bare, country);
        return number ?? throw new FormatException(fault == NumberFault.NoCountry
            ? $"“{ForeignRow.Short(raw)}” has no country: say which with --country."
            : $"“{ForeignRow.Short(raw)}” is no phone number.");
    }

    /// <summary>An amount, and the currency beside it or in it.</summary>
    /// <exception cref="FormatException">Something else is there.</exception>
    public static (decimal? Amount, string? Currency) Amount(ForeignRow row, params string[] names)
    {
        var read = row.Text(names) is { } text ? AmountText.Read(text) ?? throw new FormatException($"“{ForeignRow.Short(text)}” is no amount.") : ((decimal, string?)?)null;
        return (read?.Item1, row.Text("currency", "devise")?.ToUpperInvariant() ?? read?.Item2);
    }

    /// <summary>How far a message of the business got. A word that is none of these tells nothing.</summary>
    private static DeliveryStatus? Status(ForeignRow row) => row.Text("deliverystatus", "messagestatus", "status", "ack")?.ToLowerInvariant() switch
    {
        "sent" or "accepted" or "1" => DeliveryStatus.Sent,
        "delivered" or "2" => DeliveryStatus.Delivered,
        "read" or "seen" or "3" or "4" => DeliveryStatus.Read,
        "failed" or "undelivered" or "error" or "-1" => DeliveryStatus.Failed,
        _ => null,
    };

    private static string? Link(ForeignRow row, params string[] names) =>
        row.Text(names) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? text : null;
}
