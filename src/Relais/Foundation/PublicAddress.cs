namespace Relais.Foundation;

/// <summary>
/// The address the world sees. What the platform administrator entered at the console goes before the environment's; in demo it
/// is the one listened on, since the simulator lives there.
/// </summary>
internal sealed class PublicAddress(Settings settings)
{
    private volatile Uri? own;
    private volatile Uri? entered;

    public Uri? Url => entered ?? settings.PublicUrl ?? own;

    public bool IsHttps => Url?.Scheme == Uri.UriSchemeHttps;

    /// <summary>The demo keeps to this computer: its address is not changed.</summary>
    public bool IsDemo => own is not null;

    /// <summary>It comes from the console, where it can be mistyped.</summary>
    public bool IsEntered => entered is not null;

    /// <summary>Who set it: console, environment, demo or none.</summary>
    public string Source => entered is not null ? "console" : settings.PublicUrl is not null ? "environment" : IsDemo ? "demo" : "none";

    public void UseOwn(Uri address) => own = address;

    /// <param name="address">Null goes back to the environment's.</param>
    public void Enter(Uri? address) => entered = address;

    /// <summary>Scheme, host and port alone; https, or http of this computer. Null for anything else: providers sign the address as it is called.</summary>
    public static Uri? Read(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? new Uri($"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}")
            : null;
}
