using System.Threading.Channels;

namespace Relais.Tenants.Entry;

/// <param name="Email">Of whom, as it was typed: there may be nobody.</param>
/// <param name="From">Where the request came from.</param>
internal sealed record ForgottenPassword(string Email, string From);

/// <summary>
/// Addresses of people who say that they forgot their password. The request only puts the address here, so it takes the same time
/// whoever it is. Kept in memory: after a restart somebody asks once more.
/// </summary>
internal sealed class ResetQueue
{
    private const int Capacity = 200;

    private readonly Channel<ForgottenPassword> addresses =
        Channel.CreateBounded<ForgottenPassword>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(ForgottenPassword asked) => addresses.Writer.TryWrite(asked);

    public bool Take(out ForgottenPassword asked) => addresses.Reader.TryRead(out asked!);

    public async Task More(CancellationToken cancel) => await addresses.Reader.WaitToReadAsync(cancel);
}
