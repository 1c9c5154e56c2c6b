using Limpet.KnownLeaks;
using NUnit.Framework;

namespace Limpet.NUnit;

/// <summary>Tests of parts together: the category <c>integration</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class IntegrationAttribute() : CategoryAttribute(TestTraits.Integration);
