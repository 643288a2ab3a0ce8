using System.Text;
using Relais.Foundation;

namespace Relais.Subscriptions.Delivering;

/// <summary>One attempt: an event's body, signed as it is now, posted to where the subscription leads now.</summary>
internal sealed class SignedPost(SubscriptionDoor door, Secrets secrets, Clock clock)
{
    /// <summary>The same in every attempt.</summary>
    public static string WebhookId(long deliveryId) => $"evt_{deliveryId}";

    /// <summary>Throws only <see cref="OperationCanceledException"/>, when the caller cancels.</summary>
    public Task<PostEnd> Send(Subscription subscription, long deliveryId, string body, CancellationToken cancel)
    {
        var id = WebhookId(deliveryId);
        var bytes = Encoding.UTF8.GetBytes(body);
        var now = clock.Micros;
        var timestamp = now / Instants.Second;
        var keys = new List<string> { secrets.Open(subscription.Secret, subscription.Place) };
        if (subscription.OldSecret is { } old && now < subscription.OldSecretUntil)
        {
            keys.Add(secrets.Open(old, subscription.Place));
        }

        return door.Post(subscription.Url, bytes, new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = $"{timestamp}",
            ["webhook-signature"] = WebhookSignature.Of(keys, id, timestamp, bytes),
        }, cancel);
    }
}
