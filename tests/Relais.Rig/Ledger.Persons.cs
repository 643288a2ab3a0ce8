using System.Security.Cryptography;

namespace Relais.Rig;

/// <summary>The checks that need a written record: raw webhooks, and what people did at the desk.</summary>
internal sealed partial class Ledger
{
    private async Task Received(Facts facts, Promised promised)
    {
        var received = (await facts.Query<byte[]>("SELECT body FROM received_webhook"))
            .Select(body => Convert.ToHexString(SHA256.HashData(body))).ToHashSet(StringComparer.Ordinal);
        Lost.AddRange(promised.Bodies.Where(hash => !received.Contains(hash)).Select(hash => $"webhook {hash[..12]}"));
        Ghosts.AddRange(promised.Forged.Where(hash => received.Contains(hash) || promised.Bodies.Contains(hash)).Select(hash => $"forged {hash[..12]}"));
    }

    private async Task Persons(Facts facts, List<StoredMessage> stored, Promised promised)
    {
        var persons = stored.Where(m => m.IsPersons).ToList();
        var said = persons.Where(m => m.Author == 4).ToList();
        var ids = persons.Select(m => m.Id).ToHashSet();
        Lost.AddRange(promised.PersonMessages.Where(id => !ids.Contains(id)).Select(id => $"person's {id}"));
        Ghosts.AddRange(said.Where(m => !promised.PersonTexts.Contains(m.Content)).Select(m => $"person's {m.Id}"));
        Doubled.AddRange(said.GroupBy(m => m.Content).Where(g => g.Count() > 1).Select(g => $"person's {g.Key}"));

        // Without a question the system says at most one sentence each time somebody takes over, and one for each wait and each end.
        var takenOver = (await facts.Query<long>("SELECT conversation_id FROM conversation_event WHERE type IN ('taken_over', 'handed_off', 'closed')"))
            .CountBy(id => id).ToDictionary();
        Doubled.AddRange(persons.Where(m => m.Author == 5).CountBy(m => m.ConversationId)
            .Where(c => c.Value > takenOver.GetValueOrDefault(c.Key)).Select(c => $"announced in {c.Key}"));
    }
}
