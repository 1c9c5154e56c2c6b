using System.Net.Security;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>Development servers have certificates of their own making; on the own machine that says nothing.</summary>
internal static class OwnCertificates
{
    /// <summary>Lets a client accept them where all addresses that it asks are on this machine.</summary>
    public static void Accept(SocketsHttpHandler handler, IEnumerable<Uri> addresses)
    {
        bool isOwn = addresses.All(address => address.IsLoopback);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || isOwn;
    }
}
