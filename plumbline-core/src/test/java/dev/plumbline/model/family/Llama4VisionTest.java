package dev.plumbline.model.family;

class Llama4VisionTest extends FamilyContractTest {

    @Override
    String family() {
        return "llama4-vision";
    }
}
