namespace Relais.Simulator;

/// <summary>What crosses the wire: sends that come in, webhooks and statuses that go out.</summary>
internal sealed partial class SimulatorHub
{
    internal static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    // Meta shows a typing indicator for up to 25 s, or until the reply.
    private static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(25);

    internal Task<WebhookResult> Post(SignedWebhook webhook, CancellationToken cancel) => wire.Post(webhook, cancel);

    /// <summary>Posts a customer's message, sets its tick, and leaves a refused one to redelivery.</summary>
    internal async Task<WebhookResult> Deliver(
        SimulatedPhone phone, Chat chat, PhoneMessage bubble, SignedWebhook webhook, CancellationToken cancel)
    {
        if (chat.IsBlockedByBusiness)
        {
            var nothing = new WebhookResult(webhook, null, "", WebhookFailure.Withheld);
            Settle(nothing);
            return nothing;
        }

        var result = await wire.Post(webhook, cancel);
        Settle(result);
        if (!result.Taken)
        {
            log.LogWarning("Relais did not take a message: {Status} {Failure}", result.StatusCode, result.Failure);
            if (chat.Number.Channel == SimulatedChannel.Meta)
            {
                Redeliver(webhook, Settle);
            }
        }

        return result;

        void Settle(WebhookResult outcome)
        {
            chat.Answered(bubble, outcome);
            if (chat.Find(bubble.Id) is not null)
            {
                Feed.Bubble(phone, chat, bubble);
            }
        }
    }

    /// <summary>A webhook of Meta's that is no message: a template's status, a number's quality …</summary>
    internal async Task<WebhookResult> Announce(
        SimulatedNumber number, string field, System.Text.Json.Nodes.JsonObject value, CancellationToken cancel)
    {
        var webhook = MetaWebhook.News(number, field, value, Now);
        var result = await wire.Post(webhook, cancel);
        if (!result.Taken)
        {
            Redeliver(webhook, _ => { });
        }

        return result;
    }

    internal bool IsInWindow(SimulatedPhone? phone, SimulatedNumber number) =>
        !EnforceWindow || (phone?.ChatWith(number).CustomerWroteAt is { } at && Now - at < ServiceWindow);

    /// <summary>The provider takes a send: log, bubble, statuses. Completes before the statuses unless a fault wants them first.</summary>
    internal async Task<AcceptedSend> Accept(SendRequest send, int? failedWith, CancellationToken cancel)
    {
        var (number, phone) = (send.Number, send.Phone);
        var now = Now;
        phone.Touch(now);
        var statusFault = Faults.TakeForStatuses(number.Address, phone.Number)
            ?? (Statuses.Fault is { } kind ? new Fault(kind, Code: Statuses.FailWith) : null);
        if (statusFault?.Kind == FaultKind.StatusFailed)
        {
            failedWith ??= statusFault.Code ?? (number.Channel == SimulatedChannel.Meta ? 131026 : 63024);
        }

        var chat = phone.ChatWith(number);
        if (chat.IsBlockedByCustomer)
        {
            failedWith ??= number.Channel == SimulatedChannel.Meta ? 131026 : 63033;
        }

        var id = number.Channel == SimulatedChannel.Meta ? ProviderIds.Wamid(phone.Number) : ProviderIds.Sid(phone.Number);
        var taken = accepted.Add(new AcceptedSend(
            0, number.Channel, number.Address, phone.Number, send.Type, send.Text, send.Reference, id, now, send.RawBody, failedWith));
        var receipt = new Receipt(number, phone, id, send.Reference, send.Callback, send.Extra?.Charge);
        OnAccepted?.Invoke(receipt);
        if (failedWith is null && send.Reaction is { } reaction)
        {
            if (chat.Change(reaction.Target, b => b.BusinessReaction = reaction.Emoji) is { } reactedTo)
            {
                Feed.Bubble(phone, chat, reactedTo);
            }
        }
        else if (failedWith is null)
        {
            var bubble = new PhoneMessage(id, fromCustomer: false, send.Type, send.Text, now)
            {
                Choices = send.Choices, Receipt = receipt, Extra = send.Extra, Quotes = send.Quotes,
            };
            chat.Add(bubble, BubblesPerChat);
            Feed.Bubble(phone, chat, bubble);
        }

        phone.Inbox.Put(taken);
        
        // A reaction is sent and never told to be delivered or read.
        await EmitStatuses(receipt, failedWith, statusFault?.Kind, send.Reaction is null ? StatusReach.Read : StatusReach.Sent, cancel);
        return taken;
    }

    /// <summary>Relais read a customer's message, and may be typing. False when the message is not on any phone here.</summary>
    internal bool MarkSeen(SimulatedNumber? number, string messageId, bool typing)
    {
        if (ProviderIds.PhoneOf(messageId) is not { } owner || !phones.TryGetValue(owner, out var phone))
        {
            return false;
        }

        foreach (var chat in phone.Chats.Where(c => number is null || c.Number.Address == number.Address))
        {
            foreach (var bubble in chat.SeenUpTo(messageId))
            {
                Feed.Bubble(phone, chat, bubble);
            }

            if (typing && chat.Find(messageId) is not null)
            {
                chat.TypingUntil = Now + TypingLasts;
                Feed.Typing(phone, chat);
            }
        }

        return true;
    }

    /// <summary>The customer opens the chat: what is new to them is reported as read.</summary>
    internal int Open(SimulatedPhone phone, SimulatedNumber number)
    {
        var chat = phone.ChatWith(number);
        var opened = chat.Open();
        foreach (var bubble in opened)
        {
            Feed.Bubble(phone, chat, bubble);
            if (bubble.Receipt is { } receipt)
            {
                Errands.Start(stop => EmitStatus(receipt, "read", null, stop));
            }
        }

        return opened.Count;
    }

    /// <summary>The customer plays a voice note for the first time.</summary>
    internal bool Play(SimulatedPhone phone, SimulatedNumber number, string id)
    {
        if (number.Channel != SimulatedChannel.Meta || phone.ChatWith(number).Find(id) is not { Receipt: { } receipt, IsPlayed: false } bubble)
        {
            return false;
        }

        bubble.IsPlayed = true;
        Errands.Start(stop => EmitStatus(receipt, "played", null, stop));
        return true;
    }

    private async Task EmitStatuses(Receipt receipt, int? failedWith, FaultKind? fault, StatusReach most, CancellationToken cancel)
    {
        var policy = Statuses;
        string[] names = failedWith is not null ? [receipt.Number.Channel == SimulatedChannel.Meta ? "failed" : "undelivered"]
            : fault == FaultKind.StatusesLost ? []
            : [.. new[] { "sent", "delivered", "read" }.Take(Math.Min((int)policy.Reach, (int)most))];
        names = fault switch
        {
            FaultKind.StatusesOutOfOrder => [.. names.Reverse()],
            FaultKind.StatusesDoubled => [.. names.SelectMany(n => new[] { n, n })],
            _ => names,
        };

        if (names.Length == 0)
        {
            return;
        }

        if (fault == FaultKind.StatusesBeforeAnswer)
        {
            await Emit(TimeSpan.Zero, TimeSpan.Zero, cancel);
        }
        else
        {
            Errands.Start(stop => Emit(policy.FirstAfter, policy.Between, stop));
        }

        async Task Emit(TimeSpan first, TimeSpan between, CancellationToken stop)
        {
            var wait = first;
            foreach (var name in names)
            {
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, stop);
                }

                await EmitStatus(receipt, name, failedWith, stop);
                wait = between;
            }
        }
    }

    private async Task EmitStatus(Receipt receipt, string status, int? failedWith, CancellationToken cancel)
    {
        var webhook = receipt.Number.Channel == SimulatedChannel.Meta
            ? MetaWebhook.Status(receipt, status, Now, failedWith)
            : TwilioWebhook.Status(receipt, status, failedWith);
        if (webhook is not null && !(await wire.Post(webhook, cancel)).Taken && receipt.Number.Channel == SimulatedChannel.Meta)
        {
            Redeliver(webhook, _ => { });
        }
    }

    private void Redeliver(SignedWebhook webhook, Action<WebhookResult> settle)
    {
        var policy = Redelivery;
        if (policy.Attempts == 0)
        {
            return;
        }

        Errands.Start(async stop =>
        {
            var wait = policy.FirstWait;
            for (var attempt = 0; attempt < policy.Attempts; attempt++, wait *= 2)
            {
                wait = policy.LongestWait is { } longest && wait > longest ? longest : wait;
                await Task.Delay(wait, clock, stop);
                var result = await wire.Post(webhook, stop);
                settle(result);
                if (result.Taken)
                {
                    return;
                }
            }
        });
    }
}

/// <summary>A valid send, freed of the wire it came over.</summary>
/// <param name="Number">The sender.</param>
/// <param name="Phone">The customer.</param>
/// <param name="Type">Kind of message.</param>
/// <param name="Text">What is read.</param>
/// <param name="Reference">Relais's own id.</param>
/// <param name="Callback">Twilio's StatusCallback.</param>
/// <param name="Choices">What can be tapped.</param>
/// <param name="RawBody">The request's bytes.</param>
internal sealed record SendRequest(
    SimulatedNumber Number, SimulatedPhone Phone, string Type, string Text, string? Reference, string? Callback,
    IReadOnlyList<Choice> Choices, byte[] RawBody)
{
    /// <summary>What is shown beside the text.</summary>
    public Shown? Extra { get; init; }

    /// <summary>The message it answers.</summary>
    public string? Quotes { get; init; }

    /// <summary>Set for a reaction, which is no bubble of its own.</summary>
    public (string Target, string Emoji)? Reaction { get; init; }
}
