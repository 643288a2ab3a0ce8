using Relais.Simulator;
using Shouldly;

namespace Relais.Tests.Support;

/// <summary>
/// A story told from the customer's phone: what is said, what comes back, when nothing may come back. Each answer is heard once
/// and in order.
/// </summary>
internal sealed class ChatScript(RelaisHost relais, SimulatedNumber number, string from)
{
    private int heard;

    public SimulatedPhone Phone { get; } = relais.Simulator.Phone(from);

    public SimulatedNumber Number => number;

    /// <summary>What the business has said so far, oldest first.</summary>
    public List<PhoneMessage> Answers => [.. Phone.Messages(number).Where(m => !m.FromCustomer)];

    /// <summary>The customer writes, and Relais takes it.</summary>
    public async Task<WebhookResult> Says(string text)
    {
        var result = await Phone.Say(number, text);
        result.Taken.ShouldBeTrue($"{result.StatusCode} {result.Answer}");
        return result;
    }

    /// <summary>The next answer, which holds all of <paramref name="parts"/>.</summary>
    public async Task<string> Hears(params string[] parts)
    {
        await Eventually.Holds(() => Task.FromResult(Answers.Count > heard), $"{from} hears “{parts.FirstOrDefault()}”");
        var text = Answers[heard++].Text;
        foreach (var part in parts)
        {
            text.ShouldContain(part, Case.Sensitive);
        }

        return text;
    }

    /// <summary>Everything is done and nothing more was said.</summary>
    public async Task HearsNoMore()
    {
        await relais.Settled();
        Answers.Skip(heard).Select(m => m.Text).ShouldBeEmpty();
    }

    public async Task Asks(string text, params string[] parts)
    {
        await Says(text);
        await Hears(parts);
    }

    /// <summary>The messages of this customer's conversation on this number as they are stored.</summary>
    public async Task<List<StoredMessage>> Stored()
    {
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE address = @Address", new { number.Address });
        var all = await relais.Facts.Messages();
        return all.FindAll(m => m.Phone == Phone.Number && m.InboxId == inbox);
    }

    /// <summary>The numbers of Assignee: 2 the AI agent, 5 waiting for a person.</summary>
    public async Task<long> Assignee() => await relais.Facts.Count("""
        SELECT c.assignee FROM conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        JOIN inbox i ON i.tenant_id = c.tenant_id AND i.id = c.inbox_id
        WHERE k.phone = @Phone AND i.address = @Address
        """, new { Phone = Phone.Number, number.Address });
}
