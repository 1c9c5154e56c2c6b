using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A session of a branch follows the configuration by ChangeToken.OnChange. The registration outlives the session, because it is not
/// disposed, and every reload makes each of them register anew: 1 BranchSession per operation.
/// </summary>
/// <remarks><code>
/// ConfigurationRoot ─_changeToken→ ConfigurationReloadToken ─→ CancellationTokenSource ─→ … CallbackNode ─→ ChangeTokenRegistration
///     ─→ Action ─→ BranchSession
/// </code></remarks>
internal sealed class BranchPricing : HardLeak
{
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Pricing:Rounding"] = "0.05" })
        .Build();

    public override Truth Truth => Truth.Leak(
        "BranchSession registers by ChangeToken.OnChange with the configuration's reload token and does not dispose the registration.",
        "framework",
        FindingTruth.Objects(typeof(BranchSession).FullName!, 1, "ConfigurationRoot", "ChangeToken", "BranchSession"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        BranchSession session = new(_configuration);
        Subjects.Add(session);
        session.Quote(number);
        if (number % 250 == 0)
        {
            _configuration.Reload();
        }
    }
}

internal sealed class BranchSession
{
    private readonly IConfiguration _configuration;
    private decimal _rounding;

    public BranchSession(IConfiguration configuration)
    {
        _configuration = configuration;
        ChangeToken.OnChange(configuration.GetReloadToken, Read);
        Read();
    }

    public decimal Quote(decimal price) => Math.Ceiling(price / _rounding) * _rounding;

    private void Read() => _rounding = decimal.Parse(_configuration["Pricing:Rounding"]!, System.Globalization.CultureInfo.InvariantCulture);
}
