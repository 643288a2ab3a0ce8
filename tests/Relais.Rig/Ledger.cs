using System.Globalization;
using Relais.Simulator;

namespace Relais.Rig;

/// <summary>
/// Compares what the phones were told and what the provider took with what the database holds, once everything has drained. The
/// words are those of the reliability table: every list but <see cref="Uncertain"/> has to be empty.
/// </summary>
internal sealed partial class Ledger
{
    /// <summary>Acknowledged messages that are not stored.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Messages stored twice, answered twice or sent twice.</summary>
    public List<string> Doubled { get; } = [];

    /// <summary>Sends and messages nobody caused.</summary>
    public List<string> Ghosts { get; } = [];

    /// <summary>Messages that stand or arrived in another order than they were written in.</summary>
    public List<string> Inverted { get; } = [];

    /// <summary>Work that should be done and is not.</summary>
    public List<string> Stuck { get; } = [];

    /// <summary>Sends whose outcome is unknown and waits for a status or a person.</summary>
    public List<string> Uncertain { get; } = [];

    public bool IsClean => Lost.Count + Doubled.Count + Ghosts.Count + Inverted.Count + Stuck.Count == 0;

    public override string ToString() => string.Join("; ",
        from list in new (string Name, List<string> Found)[]
        {
            ("lost", Lost), ("dup", Doubled), ("ghost", Ghosts), ("inv", Inverted), ("stuck", Stuck), ("unc", Uncertain),
        }
        select $"{list.Name}={list.Found.Count}{(list.Found.Count > 0 ? $" ({string.Join(", ", list.Found.Take(5))})" : "")}");

    /// <summary>Waits until nothing is left to do, then compares.</summary>
    /// <param name="provider">The phones and what was sent to them.</param>
    /// <param name="facts">What is stored.</param>
    /// <param name="within">How long draining may take.</param>
    /// <param name="promised">What was acknowledged, when somebody wrote it down; otherwise the bubbles' ticks say it.</param>
    public static async Task<Ledger> Draw(ProviderHost provider, Facts facts, TimeSpan within, Promised? promised = null)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        List<string> left = [];
        for (var look = 0; look < 2; look++)
        {
            await provider.Simulator.Quiet().WaitAsync(within);
            left = await Eventually.Empty(facts.Unfinished, TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64)));
        }

        var ledger = new Ledger();
        ledger.Stuck.AddRange([.. left, .. await facts.SetAside()]);
        ledger.Uncertain.AddRange(await facts.Query<string>(
            "SELECT 'message ' || message_id FROM outbox WHERE state = 2"));
        var stored = await facts.Messages();
        ledger.Inbound(provider, stored, promised);
        ledger.Outbound(provider, stored);
        await ledger.Persons(facts, stored, promised ?? new Promised());
        if (promised is not null)
        {
            await ledger.Received(facts, promised);
        }

        return ledger;
    }

    private void Inbound(ProviderHost provider, List<StoredMessage> stored, Promised? promised)
    {
        var inbound = stored.Where(m => m.IsInbound).ToList();
        Doubled.AddRange(inbound.GroupBy(m => m.ProviderId).Where(g => g.Count() > 1).Select(g => $"stored {g.Key}"));
        var byProvider = inbound.DistinctBy(m => m.ProviderId).ToDictionary(m => m.ProviderId!);
        var written = new HashSet<string>(StringComparer.Ordinal);
        Lost.AddRange(promised?.ProviderIds.Where(id => !byProvider.ContainsKey(id)) ?? []);
        foreach (var phone in provider.Simulator.Phones)
        {
            foreach (var number in provider.Simulator.Numbers)
            {
                var bubbles = phone.Messages(number).Where(b => b.FromCustomer).ToList();
                written.UnionWith(bubbles.Select(b => b.Id));
                if (promised is null)
                {
                    Lost.AddRange(bubbles.Where(b => b.State is BubbleState.Taken or BubbleState.Seen && !byProvider.ContainsKey(b.Id)).Select(b => b.Id));
                }

                var arrived = bubbles.Where(b => byProvider.ContainsKey(b.Id)).Select(b => byProvider[b.Id]).ToList();
                Ghosts.AddRange(arrived.Where(m => m.InboxAddress != number.Address).Select(m => $"{m.ProviderId} at {m.InboxAddress}"));

                // What was stored without being acknowledged has no place in the order: the customer did not wait for it.
                arrived.RemoveAll(m => promised?.ProviderIds.Contains(m.ProviderId!) == false);
                Inverted.AddRange(arrived.Zip(arrived.Skip(1)).Where(p => p.First.Seq >= p.Second.Seq).Select(p => $"{phone.Number} {p.Second.ProviderId}"));
                Doubled.AddRange(arrived.Select(m => m.ConversationId).Distinct().Skip(1).Select(c => $"conversation {c} of {phone.Number}"));
            }
        }

        Ghosts.AddRange(inbound.Where(m => !written.Contains(m.ProviderId!)).Select(m => $"inbound {m.ProviderId}"));
    }

    private void Outbound(ProviderHost provider, List<StoredMessage> stored)
    {
        var outbound = stored.Where(m => !m.IsInbound).ToDictionary(m => m.Id);
        var inbound = stored.Where(m => m.IsInbound).ToDictionary(m => m.Id);
        var answers = outbound.Values.Where(m => !m.IsPersons).ToList();
        Ghosts.AddRange(answers.Where(m => m.Answers is not { } a || !inbound.ContainsKey(a)).Select(m => $"answer {m.Id}"));
        Doubled.AddRange(answers.GroupBy(m => (m.Answers, m.Content)).Where(g => g.Count() > 1).Select(g => $"answered {g.Key.Answers}"));

        var sends = provider.Simulator.Accepted;
        Doubled.AddRange(sends.GroupBy(s => s.Reference).Where(g => g.Count() > 1).Select(g => $"sent {g.Key}"));
        foreach (var chat in sends.GroupBy(s => (s.Number, s.To)))
        {
            // A person's message may go before automatic answers, so each kind has its own order.
            var (persons, automatic) = (0L, 0L);
            foreach (var send in chat)
            {
                if (!long.TryParse(send.Reference, CultureInfo.InvariantCulture, out var id) || !outbound.TryGetValue(id, out var message)
                    || message.Phone != send.To)
                {
                    Ghosts.Add($"sent {send.Reference} to {send.To}");
                }
                else
                {
                    ref var last = ref message.IsPersons ? ref persons : ref automatic;
                    if (message.Seq <= last)
                    {
                        Inverted.Add($"sent {send.Reference}");
                    }

                    last = message.Seq;
                }
            }
        }

        var taken = sends.Select(s => s.Reference).ToHashSet();
        var uncertain = Uncertain.Select(u => u["message ".Length..]).ToHashSet();

        // Meta repeats its statuses until they are taken, and they name our message: no doubt may be left of what it took.
        Stuck.AddRange(sends.Where(s => s.Channel == SimulatedChannel.Meta && uncertain.Contains(s.Reference ?? "")).Select(s => $"not reconciled {s.Reference}"));
        Lost.AddRange(outbound.Values.Where(m => m.Status is 0 or 1 or 3 or 4 && !taken.Contains(m.Id.ToString(CultureInfo.InvariantCulture))
            && !uncertain.Contains(m.Id.ToString(CultureInfo.InvariantCulture))).Select(m => $"answer {m.Id}"));
    }
}
