using System.Threading.Channels;

namespace Relais.Tenants.Entry;

/// <summary>
/// Addresses of people who say that they forgot their password. The request only puts the address here, so it takes the same time
/// whoever it is. Kept in memory: after a restart somebody asks once more.
/// </summary>
internal sealed class ResetQueue
{
    private const int Capacity = 200;

    private readonly Channel<string> addresses =
        Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(string email) => addresses.Writer.TryWrite(email);

    public bool Take(out string email) => addresses.Reader.TryRead(out email!);

    public async Task More(CancellationToken cancel) => await addresses.Reader.WaitToReadAsync(cancel);
}
