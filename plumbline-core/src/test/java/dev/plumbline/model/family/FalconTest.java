package dev.plumbline.model.family;

class FalconTest extends FamilyContractTest {

    @Override
    String family() {
        return "falcon";
    }
}
