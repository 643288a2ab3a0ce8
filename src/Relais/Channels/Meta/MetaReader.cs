using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// Reads a verified body of Meta: every entry, change, message and status of it, whatever the mix (up to 1,000 a body).
/// Enters: the raw bytes. Leaves: events in the body's order, and a sentence on what could not be read.
/// Promises: never throws, and loses no message because of its neighbour.
/// </summary>
internal static class MetaReader
{
    public static WebhookReading Read(ReadOnlyMemory<byte> body)
    {
        using var document = LenientJson.Parse(body, out var problem);
        if (document is null)
        {
            return new WebhookReading([], problem);
        }

        var events = new List<ChannelEvent>(1);
        var problems = new ReadingProblems();
        if (document.RootElement.Get("entry"u8).ValueKind != JsonValueKind.Array)
        {
            problems.Add("the body has no list of entries");
        }

        foreach (var entry in document.RootElement.Get("entry"u8).Items())
        {
            var changes = entry.Get("changes"u8);
            if (changes.ValueKind != JsonValueKind.Array)
            {
                problems.Add("an entry has no list of changes");
            }

            foreach (var change in changes.Items())
            {
                ReadChange(change, entry.Text("id"u8), events, problems);
            }
        }

        return new WebhookReading(events, problems.Sentence);
    }

    private static void ReadChange(JsonElement change, string? account, List<ChannelEvent> events, ReadingProblems problems)
    {
        if (change.ValueKind != JsonValueKind.Object)
        {
            problems.Add("a change is not an object");
            return;
        }

        var value = change.Get("value"u8);
        var field = ProviderText.Word(change.Text("field"u8), "messages");
        if (field != "messages")
        {
            MetaNews.Read(field, account, value, events);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add("a change of messages has no value");
            return;
        }

        ReadMessages(value, account, events, problems);
    }

    private static void ReadMessages(JsonElement value, string? account, List<ChannelEvent> events, ReadingProblems problems)
    {
        var address = value.Get("metadata"u8).Text("phone_number_id"u8);
        var before = (events.Count, problems.Sentence);
        MetaContacts? contacts = null;
        foreach (var part in value.EnumerateObject())
        {
            if (part.Is("messages"u8))
            {
                contacts ??= new MetaContacts(value.Get("contacts"u8), ItemCount(part.Value));
                Each(part.Value, "messages", problems, item =>
                    MetaMessage.Read(item, contacts, problems) is { } message ? new ChannelEvent.MessageReceived(address, message) : null, events);
            }
            else if (part.Is("statuses"u8))
            {
                Each(part.Value, "statuses", problems, item => MetaStatus.Read(item, address, problems), events);
            }
            else if (part.Is("errors"u8))
            {
                var number = value.Get("metadata"u8).Text("display_phone_number"u8);
                foreach (var error in part.Value.Items())
                {
                    events.Add(new ChannelEvent.AccountChanged(account, MetaAccountNews.Error(error, number)));
                }
            }
            else if (part.Is("user_actions"u8))
            {
                events.Add(new ChannelEvent.Other(address, "user_actions"));
            }
        }

        if (before == (events.Count, problems.Sentence))
        {
            events.Add(new ChannelEvent.Other(address, "messages"));
        }
    }

    private static void Each(
        JsonElement list, string name, ReadingProblems problems, Func<JsonElement, ChannelEvent?> read, List<ChannelEvent> events)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{name} is not a list");
        }

        foreach (var item in list.Items())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                problems.Add($"one of {name} is not an object");
            }
            else if (read(item) is { } found)
            {
                events.Add(found);
            }
        }
    }

    private static int ItemCount(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
}
