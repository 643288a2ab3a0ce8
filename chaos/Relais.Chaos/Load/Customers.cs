using System.Text.Json.Nodes;
using Relais.Rig;
using Relais.Simulator;
using Relais.Simulator.Customer;

namespace Relais.Chaos.Load;

/// <summary>How hard the server is worked.</summary>
/// <param name="Rate">Customers' webhooks a second, all together.</param>
/// <param name="Conversations">Customers who write at the same time.</param>
/// <param name="People">Persons at each business's desk.</param>
internal sealed record LoadPlan(int Rate = 50, int Conversations = 500, int People = 2)
{
    /// <summary>For tests that share a machine.</summary>
    public static LoadPlan Small { get; } = new(50, 60, 1);
}

/// <summary>
/// Customers who write without end: of a hundred webhooks about 80 texts, 13 of other types and 7 forged, a tenth delivered
/// three times; the statuses come from the simulator, two for each answer. Each writes the next message only when the last
/// one was taken, since order is promised only so.
/// </summary>
internal sealed class Customers(ProviderHost provider, LedgerFile ledger, LoadPlan plan, int seed)
{
    /// <summary>A customer writes this often, then another one comes in their place.</summary>
    private const int MessagesOfOne = 25;

    private static readonly string[] Texts =
    [
        "Bonjour", "Où est ma commande TRK123456 ?", "What are your opening hours?", "Combien coûte la livraison ?",
        "أين طلبي TRK234567؟", "merci", "Can I return an item? 📦",
    ];

    private static readonly (string Type, string Content)[] Others =
    [
        ("image", """{"id":"1001","mime_type":"image/jpeg","sha256":"c2hhMjU2","caption":"Voilà"}"""),
        ("audio", """{"id":"1002","mime_type":"audio/ogg; codecs=opus","voice":true}"""),
        ("document", """{"id":"1003","mime_type":"application/pdf","filename":"facture.pdf"}"""),
        ("location", """{"latitude":48.8566,"longitude":2.3522,"name":"Paris"}"""),
        ("sticker", """{"id":"1004","mime_type":"image/webp"}"""),
    ];

    private int taken;

    /// <summary>Messages acknowledged to their writers so far.</summary>
    public int Taken => taken;

    /// <summary>Writes until <paramref name="stop"/>; what was begun is seen through.</summary>
    public Task Write(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, plan.Conversations).Select(slot => Task.Run(() => Chat(slot, stop), CancellationToken.None)));

    private async Task Chat(int slot, CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, slot));
        var numbers = provider.Simulator.Numbers;
        var number = numbers[slot % 5 % numbers.Count];
        var pace = TimeSpan.FromSeconds(plan.Conversations / (double)plan.Rate);
        await Pause(pace * random.NextDouble(), stop);
        for (var message = 0; !stop.IsCancellationRequested; message++)
        {
            var phone = provider.Simulator.Phone($"+3362{message / MessagesOfOne:D3}{slot:D4}");
            if (random.Next(100) < 7)
            {
                await Forge(phone, number, random);
            }
            else
            {
                await Write(phone, number, random);
            }

            await Pause(pace * (2 * random.NextDouble()), stop);
        }
    }

    private async Task Write(SimulatedPhone phone, SimulatedNumber number, Random random)
    {
        var result = random.Next(93) < 13 && Others[random.Next(Others.Length)] is var other
            ? await phone.SendOther(number, other.Type, JsonNode.Parse(other.Content)!.AsObject(), other.Type, CancellationToken.None)
            : await phone.Say(number, Texts[random.Next(Texts.Length)], CancellationToken.None);
        ledger.Carries(result.Webhook.Body, result.MessageId);
        if (random.Next(10) == 0)
        {
            await Task.WhenAll(phone.Redeliver(result, CancellationToken.None), phone.Redeliver(result, CancellationToken.None));
        }

        // Meta repeats until it is taken. Twilio does not, so there a message that was not taken is nobody's promise.
        while (!result.Taken && number.Channel == SimulatedChannel.Meta)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200 + random.Next(300)), CancellationToken.None);
            result = await phone.Redeliver(result, CancellationToken.None);
        }

        if (result.Taken)
        {
            Interlocked.Increment(ref taken);
        }
    }

    /// <summary>A message that somebody else signed.</summary>
    private async Task Forge(SimulatedPhone phone, SimulatedNumber number, Random random)
    {
        var stranger = number with { Secret = "not-the-secret" };
        var id = $"forged.{random.NextInt64():x}";
        var forged = number.Channel == SimulatedChannel.Meta
            ? MetaWebhook.Message(stranger, phone, id, TimeProvider.System.GetUtcNow(), Drafts.Text("forged"))
            : TwilioWebhook.Message(stranger, phone, id, Drafts.Text("forged"), null);
        ledger.Forged(forged.Body);
        await phone.SendRaw(number, forged.Body, forged.Signature, CancellationToken.None);
    }

    private static async Task Pause(TimeSpan time, CancellationToken stop) => await Task.WhenAny(Task.Delay(time, stop));
}
