using Limpet.KnownLeaks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>Tests that are about a leak: the property <c>memory_leak=true</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MemoryLeakAttribute() : TestPropertyAttribute(TestTraits.MemoryLeak, "true");
