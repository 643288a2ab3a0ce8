namespace Relais.Foundation;

/// <summary>The address the world sees. In demo it is the one listened on, since the simulator lives there.</summary>
internal sealed class PublicAddress(Settings settings)
{
    private Uri? own;

    public Uri? Url => settings.PublicUrl ?? own;

    public bool IsHttps => Url?.Scheme == Uri.UriSchemeHttps;

    public void UseOwn(Uri address) => own = address;
}
