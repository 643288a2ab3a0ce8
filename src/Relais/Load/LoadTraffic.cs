using System.Globalization;
using System.Security.Cryptography;
using Relais.Simulator;
using Relais.Simulator.Customer;

namespace Relais.Load;

/// <summary>
/// The customers of a run and what they write: each message comes from a customer of its own, signed as the provider signs. Their
/// numbers begin with +999, which belongs to nobody, and differ from run to run.
/// </summary>
internal sealed class LoadTraffic
{
    /// <summary>The slow customer writes every so many messages.</summary>
    private const int SlowEvery = 50;

    private const int KeptReady = 100_000;

    private readonly LoadOptions options;
    private readonly SimulatorHub hub;
    private readonly SimulatedNumber number;
    private readonly TimeProvider clock;
    private readonly long firstPhone = 999_00000_0000000 + (RandomNumberGenerator.GetInt32(100_000) * 10_000_000L);
    private readonly byte[]?[] ready;

    public LoadTraffic(LoadOptions options, SimulatorHub hub, SimulatedNumber number, TimeProvider clock)
    {
        (this.options, this.hub, this.number, this.clock) = (options, hub, number, clock);
        Count = options.Warm + options.Total;
        ready = new byte[]?[Math.Min(Count, KeptReady)];
    }

    /// <summary>Messages, those before the run included.</summary>
    public int Count { get; }

    public string SlowPhone => Phone(Count);

    /// <summary>Builds ahead what fits in about 100 MB; longer runs build the rest as they go.</summary>
    public void Prepare()
    {
        for (var i = 0; i < ready.Length; i++)
        {
            ready[i] = Build(i);
        }
    }

    /// <summary>The bytes of one message's webhook.</summary>
    public byte[] Request(int index)
    {
        if (index >= ready.Length || ready[index] is not { } built)
        {
            return Build(index);
        }

        ready[index] = null;
        return built;
    }

    public bool IsSlow(int index) => options.SlowCustomer != SlowCustomer.None && index >= options.Warm && index % SlowEvery == 0;

    /// <summary>Whose message a send answers: its index; -1 for the slow customer, -2 for nobody of this run.</summary>
    public int IndexOf(string e164)
    {
        if (!long.TryParse(e164.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var phone))
        {
            return -2;
        }

        var index = phone - firstPhone;
        return index == Count ? -1 : index >= 0 && index < Count ? (int)index : -2;
    }

    private string Phone(int index) => "+" + (firstPhone + index).ToString(CultureInfo.InvariantCulture);

    private byte[] Build(int index)
    {
        var phone = new SimulatedPhone(hub, IsSlow(index) ? SlowPhone : Phone(index), "Customer " + index.ToString(CultureInfo.InvariantCulture));
        var webhook = options.Channel == SimulatedChannel.Meta
            ? MetaWebhook.Message(number, phone, ProviderIds.Wamid(phone.Number), clock.GetUtcNow(), Drafts.Text(options.Text))
            : TwilioWebhook.Message(number, phone, ProviderIds.Sid(phone.Number), Drafts.Text(options.Text), null);
        return Connections.Bytes(webhook);
    }
}
